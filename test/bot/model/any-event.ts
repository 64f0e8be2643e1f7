import fc from 'fast-check';
import type { Act, Event } from './event.ts';
import { fates } from './model-server.ts';
import { people, policyNames } from './people.ts';
import { serverNames } from './site.ts';
import { story } from './stories.ts';

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
export const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  { weight: 60, arbitrary: fc.record({ kind: fc.constant('act' as const), act, bot }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('at-once' as const),
      acts: fc.array(fc.oneof(approve, act), { minLength: 2, maxLength: 4 }),
      sweeps: fc.boolean(),
    }),
  },
  // 2: both at once.
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('sweep' as const), bot: fc.nat(2) }) },
  { weight: 7, arbitrary: story },
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
