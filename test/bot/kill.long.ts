import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { type StepName, stepsOf } from '../../bot/changes/step.ts';
import { connectWsusServer } from '../../remote/connect-wsus-server.ts';
import type { ProgressStep } from '../../remote/contract.ts';
import type { PracticeStats } from '../../remote/practice/practice-host.ts';
import type { BotProcess } from '../kit/bot-under-test.ts';
import { textOf } from '../kit/card-reader.ts';
import type { ShownMessage } from '../kit/fake-connector.ts';
import { ended, type MainJob, proposal, says, startMainJob } from '../kit/main-job.ts';
import { assertTruth, raisedFile } from '../kit/truth.ts';
import { sharedCluster, withoutPostgres } from './store/both-stores.ts';

/** Steps that the journal shows, each with where the server rests meanwhile so that the kill meets it. */
const moments: readonly { readonly at: StepName; readonly rest: ProgressStep | undefined }[] = [
  { at: 'read', rest: undefined },
  { at: 'backup', rest: 'backup' },
  { at: 'write', rest: 'write' },
  { at: 'verify-file', rest: 'verify-file' },
  { at: 'restart', rest: 'restart' },
  { at: 'wait', rest: 'wait' },
  { at: 'verify', rest: undefined },
];

const restFor = 1_500;

/** Where the store is: a file of the test's own, or a database of its own. */
const stores = [
  { store: 'SQLite', rests: [0, restFor], skip: false, make: async () => undefined },
  {
    store: 'PostgreSQL',
    rests: [restFor],
    skip: withoutPostgres,
    make: async () => (await sharedCluster()).createDatabase(),
  },
] as const;

// They wait more than they work.
suite('killed at every step', { concurrency: 3 }, () => {
  for (const { store, rests, skip, make } of stores) {
    const start = async (t: TestContext): Promise<MainJob> => {
      const made = await make();
      return startMainJob(t, { restartMilliseconds: 50, ...(made === undefined ? {} : { store: made }) });
    };

    for (const { at, rest } of moments) {
      for (const milliseconds of rest === undefined ? [0] : rests) {
        test(`killed at ${at}, the server resting ${milliseconds} ms there, ${store}: the next start tells the truth and repeats nothing`, {
          skip,
        }, async (t) => {
          const job = await start(t);
          const fileBefore = job.webConfig();
          const first = await job.startBotProcess();
          const person = job.person(first);
          const card = await proposal(job, person);
          const fileAfter = raisedFile(fileBefore);
          await killedAt(job, first, at, rest, milliseconds, () => person.press(card, 'Approve and run'));
          await tellsTheTruth(t, job, { fileBefore, fileAfter, card });
        });
      }
    }

    for (const { at, rest } of moments.filter((moment) => stepsOf['roll-back'].includes(moment.at))) {
      const milliseconds = rest === undefined ? 0 : restFor;
      test(`killed at ${at} of a roll back, the server resting ${milliseconds} ms there, ${store}: the next start tells the truth and repeats nothing`, {
        skip,
      }, async (t) => {
        const job = await start(t);
        const original = job.webConfig();
        const first = await job.startBotProcess();
        const person = job.person(first);
        const raise = await proposal(job, person);
        await person.press(raise, 'Approve and run');
        const raised = await job.connector.until(says(/^Done and proven/), 'the raise');
        const base = job.server.stats();
        const fileBefore = job.webConfig();
        await person.press(raised, 'Roll back');
        const card = await job.connector.until(
          (message) => message.id !== raise.id && says(/^Needs approval/)(message),
          'the plan of the way back',
        );
        await killedAt(job, first, at, rest, milliseconds, () => person.press(card, 'Approve and run'));
        await tellsTheTruth(t, job, { fileBefore, fileAfter: original, card, base });
      });
    }
  }
});

/** Presses, and kills the bot when the journal shows the step and the function has begun on the server. */
const killedAt = async (
  job: MainJob,
  bot: BotProcess,
  at: StepName,
  rest: ProgressStep | undefined,
  milliseconds: number,
  press: () => Promise<unknown>,
): Promise<void> => {
  if (rest !== undefined && milliseconds > 0) {
    job.server.misbehave([{ host: 'slow-step', step: rest, milliseconds }]);
  }
  // The answer to the press may die with the bot.
  await press().catch(() => undefined);
  await journalled(job, at);
  if (milliseconds > 0) await acting(job);
  await bot.kill();
};

interface Killed {
  readonly fileBefore: Buffer;
  readonly fileAfter: Buffer;
  readonly card: ShownMessage;
  readonly base?: PracticeStats;
}

const tellsTheTruth = async (
  t: TestContext,
  job: MainJob,
  { fileBefore, fileAfter, card, base = { restarts: 0, writes: 0 } }: Killed,
): Promise<void> => {
  await job.startBotProcess();
  const shown = await job.connector.until(
    (message) => message.id === card.id && ended(message),
    'the card after the restart of the bot',
  );
  const change = await job.newestChange();
  const { restarts, writes } = job.server.stats();
  const stats = { restarts: restarts - base.restarts, writes: writes - base.writes };
  assertTruth({ change, fileBefore, fileAfter, file: job.webConfig(), stats });
  assert.ok(textOf(shown.activity).length > 0);
  t.diagnostic(`${change.state}: ${change.result?.kind}`);
};

test('killed between the press and the start: the approved change runs once at the next start', async (t) => {
  const job = await startMainJob(t);
  const first = await job.startBotProcess();
  const person = job.person(first);
  const card = await proposal(job, person);
  // The answer to the press is on its way when the process dies: what counts is what the store holds.
  const pressing = person.press(card, 'Approve and run').catch(() => undefined);
  await until(async () => (await job.newestChange()).state !== 'proposed');
  await first.kill();
  await pressing;
  await job.startBotProcess();
  await job.connector.until(ended, 'the end');
  assert.ok(job.server.stats().restarts <= 1);
  assert.ok(job.server.stats().writes <= 1);
});

/** The function has begun on the server and rests there. */
const acting = async (job: MainJob): Promise<void> => {
  const onlooker = connectWsusServer(job.server.target);
  await until(async () => {
    const { activity } = await onlooker.report();
    return activity.ok && activity.running !== null;
  });
  await onlooker.close();
};

const journalled = (job: MainJob, at: StepName): Promise<void> =>
  until(async () => (await job.newestChange()).steps.some((step) => step.name === at));

/** Looks at the store as often as it can: the moment itself is what the test is about. */
const until = async (condition: () => Promise<boolean>): Promise<void> => {
  const giveUp = Date.now() + 20_000;
  while (!(await condition())) {
    assert.ok(Date.now() < giveUp, 'the moment came');
    await new Promise((resolve) => setImmediate(resolve));
  }
};
