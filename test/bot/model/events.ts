import fc from 'fast-check';
import type { Inbound } from '../../../bot/conversation/chat.ts';
import { buttonsOf, type CardButton } from '../../kit/card-reader.ts';
import { checkAlways } from './invariants.ts';
import type { Ledger } from './ledger.ts';
import { type Fate, fates } from './model-server.ts';
import { type PolicyName, people, policyNames } from './people.ts';
import {
  type Bot,
  groupPlace,
  isBotError,
  personalOf,
  quiesce,
  type SeenCard,
  type ServerName,
  type Site,
  serverNames,
  startBot,
  tellBot,
} from './site.ts';

/** What a person does. */
type Act =
  | { readonly kind: 'say'; readonly who: number; readonly inGroup: boolean; readonly text: string }
  /** Presses a button whose title begins so, or any; `back` counts from the newest card that this person saw. */
  | {
      readonly kind: 'press';
      readonly who: number;
      readonly title: string | undefined;
      readonly back: number;
      readonly button: number;
      readonly reason: string;
    }
  | { readonly kind: 'press-again'; readonly who: number | undefined };

/** Everything that can happen, in any order. */
export type Event =
  | { readonly kind: 'act'; readonly act: Act; readonly bot: number }
  | { readonly kind: 'at-once'; readonly acts: readonly Act[]; readonly sweeps: boolean }
  | { readonly kind: 'sweep'; readonly bot: number }
  | { readonly kind: 'time'; readonly milliseconds: number }
  | { readonly kind: 'clock'; readonly bot: number; readonly minutes: number }
  | { readonly kind: 'policy'; readonly policy: PolicyName }
  | { readonly kind: 'group'; readonly who: number }
  | { readonly kind: 'directory' }
  | { readonly kind: 'freeze-file' }
  | {
      readonly kind: 'outside';
      readonly server: ServerName;
      readonly what: 'foreign-file' | 'old-file' | 'restart' | 'module';
    }
  | { readonly kind: 'network'; readonly server: ServerName }
  | { readonly kind: 'fates'; readonly server: ServerName; readonly fates: readonly Fate[] }
  | { readonly kind: 'dies-after'; readonly bot: number; readonly operations: number }
  | { readonly kind: 'loses-store-after'; readonly bot: number; readonly queries: number }
  | { readonly kind: 'kill'; readonly bot: number }
  | { readonly kind: 'let-go' };

/** One run of the world, with what its events share. */
export interface Course {
  readonly site: Site;
  readonly ledger: Ledger;
  /** Lets other work go on once. */
  readonly round: () => Promise<void>;
  readonly bots: [Bot, Bot];
  lastPress: Extract<Inbound, { kind: 'press' }> | undefined;
}

const who = fc.nat(people.length - 1);
const approvers = fc.constantFrom(0, 0, 1);
const bot = fc.nat(1);
const server = fc.constantFrom(...serverNames, 'wsus01' as const, 'wsus01' as const);
const back = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(6));
const reason = fc.constantFrom('the night shift waits for it', 'the night shift waits for it', 'short');

const press = (title: string, by: fc.Arbitrary<number>): fc.Arbitrary<Act> =>
  fc.record({
    kind: fc.constant('press' as const),
    who: by,
    title: fc.constant(title),
    back,
    button: fc.constant(0),
    reason,
  });
const say = (text: fc.Arbitrary<string>, by: fc.Arbitrary<number>): fc.Arbitrary<Act> =>
  fc.record({ kind: fc.constant('say' as const), who: by, inGroup: fc.boolean(), text });

const check = say(
  server.map((name) => `check ${name}`),
  fc.oneof(who, fc.constant(2)),
);
const approve = press('Approve', fc.oneof({ weight: 5, arbitrary: approvers }, who));
const answerUnknown = fc.oneof(
  press('Look again', who),
  press('Take over', approvers),
  press('Restore', who),
);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 9, arbitrary: check },
  { weight: 14, arbitrary: approve },
  { weight: 2, arbitrary: say(fc.constantFrom('fix wsus01 wsus02', 'fix wsus02 wsus01 parallel 2'), who) },
  { weight: 1, arbitrary: press('Retry', approvers) },
  { weight: 1, arbitrary: press('Decline', who) },
  { weight: 1, arbitrary: press('Withdraw', who) },
  { weight: 1, arbitrary: press('Review', who) },
  { weight: 2, arbitrary: press('Run now, alone', fc.oneof(who, fc.constantFrom(0, 3))) },
  { weight: 3, arbitrary: press('Roll back', who) },
  { weight: 1, arbitrary: press('Plan the restart', who) },
  { weight: 3, arbitrary: answerUnknown },
  {
    weight: 2,
    arbitrary: say(
      server.map((name) => `unlock ${name} looked at it by hand`),
      approvers,
    ),
  },
  {
    weight: 1,
    arbitrary: say(fc.constantFrom('freeze the month ends today', 'thaw', 'locks', 'history'), approvers),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('press' as const),
      who,
      title: fc.constant(undefined),
      back: fc.nat(12),
      button: fc.nat(5),
      reason,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('press-again' as const),
      who: fc.option(who, { nil: undefined }),
    }),
  },
);

const fate = fc.constantFrom(...fates, 'works' as const, 'works' as const);
const minute = 60_000;

/** Events in their weights: mostly people at work, sometimes trouble. */
export const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 60, arbitrary: fc.record({ kind: fc.constant('act' as const), act, bot }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('at-once' as const),
      acts: fc.array(fc.oneof(approve, act), { minLength: 2, maxLength: 4 }),
      sweeps: fc.boolean(),
    }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('sweep' as const), bot }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('time' as const),
      milliseconds: fc.constantFrom(
        1_000,
        20_000,
        40_000,
        2 * minute,
        2 * minute,
        10 * minute,
        20_000,
        2 * minute,
        40 * minute,
        61 * minute,
        125 * minute,
        24 * 60 * minute,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('clock' as const), bot, minutes: fc.constantFrom(-10, 0, 10) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('policy' as const), policy: fc.constantFrom(...policyNames) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('group' as const), who }) },
  { weight: 1, arbitrary: fc.constant<Event>({ kind: 'directory' }) },
  { weight: 1, arbitrary: fc.constant<Event>({ kind: 'freeze-file' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('outside' as const),
      server,
      what: fc.constantFrom(
        'foreign-file' as const,
        'old-file' as const,
        'restart' as const,
        'module' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('network' as const), server }) },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('fates' as const),
      server,
      fates: fc.array(fate, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('dies-after' as const), bot, operations: fc.nat(60) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('loses-store-after' as const), bot, queries: fc.nat(60) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill' as const), bot }) },
  { weight: 2, arbitrary: fc.constant<Event>({ kind: 'let-go' }) },
);

/** An event as a command of the model: it can happen at any time, and then all that must hold is looked at. */
export class Happening implements fc.AsyncCommand<Ledger, Course> {
  readonly event: Event;
  constructor(event: Event) {
    this.event = event;
  }
  check = (): boolean => true;
  async run(ledger: Ledger, course: Course): Promise<void> {
    await happen(course, this.event);
    await settle(course);
    ledger.mixed = false;
    if (course.site.violations.length > 0) throw new Error(course.site.violations.join('\n'));
  }
  toString = (): string => JSON.stringify(this.event);
}

/** Lets everything come to rest, gives the stores back, replaces the bots that died, and looks at all that must hold. */
export const settle = async ({ site, ledger, round, bots }: Course): Promise<void> => {
  await quiesce(site, round);
  for (const [place, bot] of bots.entries()) {
    bot.loseStoreAfter = undefined;
    if (bot.isAlive) continue;
    bots[place === 0 ? 0 : 1] = startBot(site);
  }
  await quiesce(site, round);
  await checkAlways(site, ledger);
};

const happen = async (course: Course, event: Event): Promise<void> => {
  const { site, bots } = course;
  switch (event.kind) {
    case 'act':
      return act1(course, bots[event.bot === 0 ? 0 : 1], event.act);
    case 'at-once': {
      course.ledger.mixed = true;
      const all = event.acts.map((one, index) => act1(course, bots[index % 2 === 0 ? 0 : 1], one));
      if (event.sweeps) all.push(...bots.map((bot) => sweep(bot)));
      await Promise.all(all);
      return;
    }
    case 'sweep':
      return sweep(bots[event.bot === 0 ? 0 : 1]);
    case 'time':
      site.time.now = new Date(site.time.now.getTime() + event.milliseconds);
      return;
    case 'clock':
      bots[event.bot === 0 ? 0 : 1].offset = event.minutes * minute;
      return;
    case 'policy':
      site.policy = event.policy;
      return;
    case 'group': {
      const id = people[event.who]?.aadObjectId ?? '';
      if (!site.inGroup.delete(id)) site.inGroup.add(id);
      return;
    }
    case 'directory':
      site.directoryIsUnread = !site.directoryIsUnread;
      return;
    case 'freeze-file':
      site.frozenByFile = !site.frozenByFile;
      return;
    case 'outside':
      site.servers.get(event.server)?.outside(event.what);
      return;
    case 'network': {
      const model = site.servers.get(event.server);
      if (model === undefined) return;
      model.isDown = !model.isDown;
      model.disturbances += 1;
      return;
    }
    case 'fates':
      site.servers.get(event.server)?.fates.splice(0, 9, ...event.fates);
      return;
    case 'dies-after':
      bots[event.bot === 0 ? 0 : 1].dieAfter = event.operations;
      return;
    case 'loses-store-after':
      bots[event.bot === 0 ? 0 : 1].loseStoreAfter = event.queries;
      return;
    case 'kill':
      bots[event.bot === 0 ? 0 : 1].die();
      return;
    case 'let-go':
      for (const model of site.servers.values()) {
        model.deliverLate();
        model.letGo();
      }
  }
};

const sweep = async (bot: Bot): Promise<void> => {
  try {
    await bot.sweep();
  } catch (error) {
    if (!isBotError(error)) throw error;
  }
};

const act1 = async (course: Course, bot: Bot, one: Act): Promise<void> => {
  const inbound = inboundOf(course, one);
  if (inbound === undefined) return;
  if (inbound.kind === 'press') course.lastPress = inbound;
  await course.ledger.attempt(course.site, bot, inbound);
  await tellBot(course.site, bot, inbound);
};

const known = new WeakMap<SeenCard, CardButton[]>();

const buttonsOn = (seen: SeenCard): CardButton[] => {
  const buttons = known.get(seen) ?? buttonsOf({ ...seen.card.json });
  known.set(seen, buttons);
  return buttons;
};

const inboundOf = ({ site, lastPress }: Course, one: Act): Inbound | undefined => {
  const person = people[(one.who ?? 0) % people.length];
  if (person === undefined) return undefined;
  if (one.kind === 'say') {
    const where = one.inGroup ? groupPlace : personalOf(person);
    return { kind: 'message', text: one.text, who: person, where, zone: undefined };
  }
  if (one.kind === 'press-again') {
    return lastPress === undefined || one.who === undefined ? lastPress : { ...lastPress, who: person };
  }
  const own = personalOf(person).conversationId;
  const cards = site.seen
    .filter(({ where }) => where.kind === 'group' || where.conversationId === own)
    .slice(-60)
    .map((seen) => ({ ...seen, buttons: buttonsOn(seen) }))
    .filter(({ buttons }) =>
      buttons.some(({ title }) => one.title === undefined || title.startsWith(one.title)),
    )
    .toReversed();
  const card = cards[one.back % Math.max(1, cards.length)];
  const buttons = card?.buttons.filter(({ title }) => one.title === undefined || title.startsWith(one.title));
  const button = buttons?.[one.button % Math.max(1, buttons.length)];
  if (card === undefined || button === undefined) return undefined;
  return {
    kind: 'press',
    token: button.token,
    inputs: { reason: one.reason },
    who: person,
    where: card.where,
    cardId: card.messageId,
    zone: undefined,
  };
};
