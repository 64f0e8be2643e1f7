import fc from 'fast-check';
import { type Database, openDatabase } from '../../../bot/store/open-database.ts';
import { sqliteFile } from '../../../bot/store/store-config.ts';
import { said } from '../conversation/said.ts';
import { anyEvent } from './any-event.ts';
import { type Course, Happening, settle } from './happening.ts';
import { checkAudit } from './invariants.ts';
import { Ledger } from './ledger.ts';
import { alex, bianca, glen, megan, type PolicyName, policyNames } from './people.ts';
import { createSite, groupPlace, personalOf, startBot, tellBot } from './site.ts';

export interface ModelRun {
  /** An empty store for each run, given back afterwards. */
  readonly store: () => Promise<{ readonly database: Database; readonly close: () => Promise<void> }>;
  /** Lets other work go on once. */
  readonly round: () => Promise<void>;
  readonly parameters: fc.Parameters<unknown>;
  readonly maxCommands?: number;
  /** Told of each run that ended. */
  readonly onCourse?: (course: Course) => Promise<void>;
}

/** A store of its own for each run. */
export const inMemory: ModelRun['store'] = async () => {
  const database = await openDatabase(sqliteFile(':memory:'));
  return { database, close: () => database.destroy() };
};

export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets things happen in every order to the real conversation, store and worker, with all that must hold checked after each. */
export const runModel = async ({
  store,
  round,
  parameters,
  maxCommands = 90,
  onCourse,
}: ModelRun): Promise<void> => {
  const happenings = fc.commands([anyEvent.map((one) => new Happening(one))], { maxCommands, size: 'max' });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...policyNames), happenings, async (policy, commands) => {
      const { database, close } = await store();
      try {
        const course = await begin(database, round, policy);
        await fc.asyncModelRun(() => ({ model: course.ledger, real: course }), commands);
        await finish(course);
        await onCourse?.(course);
      } finally {
        await close();
      }
    }),
    parameters as fc.Parameters<[PolicyName, Iterable<fc.AsyncCommand<Ledger, Course>>]>,
  );
};

const begin = async (database: Database, round: () => Promise<void>, policy: PolicyName): Promise<Course> => {
  const site = createSite(database);
  site.policy = policy;
  site.inGroup.add(alex.aadObjectId);
  const ledger = new Ledger();
  site.onLeaving.check = (call, bot) => ledger.mayAct(site, call, bot);
  site.onBeginning.check = (call) => ledger.mayBegin(site, call);
  const bots: Course['bots'] = [startBot(site), startBot(site)];
  // Whom the bot knows it can tell.
  for (const who of [alex, bianca, glen]) {
    await tellBot(site, bots[0], {
      kind: 'installed',
      installation: personalOf(who).conversationId,
      who,
      where: personalOf(who),
      zone: undefined,
    });
  }
  const course: Course = { site, ledger, round, bots, lastPress: undefined };
  for (const text of ['check wsus01', 'check wsus02']) {
    await tellBot(site, bots[0], said(text, megan, groupPlace));
  }
  await settle(course);
  return course;
};

/** Everything comes to an end: nothing is held up, both bots live and look around until the leases have run out. */
const finish = async (course: Course): Promise<void> => {
  const { site } = course;
  for (const bot of course.bots) bot.dieAfter = undefined;
  for (let again = 0; again < 3; again++) {
    for (const model of site.servers.values()) {
      model.fates.length = 0;
      model.deliverLate();
      model.letGo();
    }
    await settle(course);
    for (const bot of course.bots) await bot.sweep();
    await settle(course);
    site.time.now = new Date(site.time.now.getTime() + 15 * 60_000);
  }
  const { database } = site;
  const left = await database
    .selectFrom('changes')
    .select('number')
    .where('state', 'in', ['approved', 'running'])
    .execute();
  for (const { number } of left) site.violations.push(`change ${number} never ended`);
  await checkAudit(site);
  if (site.violations.length > 0) throw new Error(site.violations.join('\n'));
};
