import fc from 'fast-check';
import type { Act, Event } from './event.ts';
import type { Fate } from './model-server.ts';

const minute = 60_000;

const asks = (one: Act, by = 0): Event => ({ kind: 'act', act: one, bot: by });
const pressNow = (title: string, by: number): Act => ({
  kind: 'press',
  who: by,
  title,
  back: 0,
  button: 0,
  reason: 'the night shift waits for it',
});
const checkNow: Act = { kind: 'say', who: 2, inGroup: false, text: 'check wsus01' };

/** A holder is stopped in the middle, and another bot takes over before it wakes up. */
const pausedHolder = fc
  .record({ fate: fc.constantFrom('held' as const, 'held-before' as const), first: fc.boolean() })
  .map(
    ({ fate: held, first }): Event => ({
      kind: 'in-a-row',
      events: [
        { kind: 'fates', server: 'wsus01', fates: first ? [held] : ['works', held] },
        asks(checkNow),
        asks(pressNow('Approve', 0)),
        { kind: 'time', milliseconds: 40_000 },
        { kind: 'sweep', bot: 1 },
        { kind: 'let-go' },
      ],
    }),
  );

/** Somebody who approved leaves the group before the window opens. */
const leaver: fc.Arbitrary<Event> = fc.boolean().map((leaves) => ({
  kind: 'in-a-row',
  events: [
    { kind: 'policy', policy: 'group in a window' },
    asks(checkNow),
    asks(pressNow('Approve', 0)),
    ...(leaves ? [{ kind: 'group' as const, who: 0 }] : []),
    { kind: 'time', milliseconds: 61 * minute },
    { kind: 'sweep', bot: 0 },
  ],
}));

/** The bot dies between an approval and its start; both that live then look around at once. */
const diesInBetween = fc.integer({ min: 10, max: 40 }).map(
  (operations): Event => ({
    kind: 'in-a-row',
    events: [
      asks(checkNow),
      { kind: 'dies-after', bot: 0, operations },
      asks(pressNow('Approve', 0)),
      { kind: 'sweep', bot: 2 },
    ],
  }),
);

/** A change of unknown state is answered, and then somebody presses on its old card. */
const answeredThenPressed = fc
  .record({
    answer: fc.constantFrom(
      [asks(pressNow('Restore', 0)), asks(pressNow('Approve', 0))],
      [asks({ kind: 'say', who: 0, inGroup: false, text: 'unlock wsus01 looked at it by hand' })],
      [asks(pressNow('Take over', 0))],
    ),
    fates: fc.constantFrom<readonly Fate[]>(['held'], ['works', 'held']),
    late: fc.constantFrom('Look again', 'Take over', 'Restore'),
  })
  .map(
    ({ answer, fates: such, late }): Event => ({
      kind: 'in-a-row',
      events: [
        { kind: 'fates', server: 'wsus01', fates: such },
        asks(checkNow, 0),
        asks(pressNow('Approve', 0)),
        { kind: 'time', milliseconds: 40_000 },
        { kind: 'sweep', bot: 1 },
        { kind: 'let-go' },
        ...answer,
        asks(pressNow(late, 0)),
      ],
    }),
  );

/** Changes are frozen between an approval and the start, and go on, are taken back, or expire. */
const frozenInBetween = fc
  .record({
    operations: fc.integer({ min: 10, max: 40 }),
    freeze: fc.constantFrom<Event>(
      { kind: 'freeze-file' },
      asks({ kind: 'say', who: 0, inGroup: false, text: 'freeze the year ends, nothing moves' }, 1),
    ),
    meanwhile: fc.constantFrom<readonly Event[]>(
      [],
      [asks(pressNow('Withdraw', 0), 1)],
      [{ kind: 'time', milliseconds: 70 * minute }],
      [asks(checkNow, 1)],
    ),
  })
  .map(
    ({ operations, freeze, meanwhile }): Event => ({
      kind: 'in-a-row',
      events: [
        asks(checkNow),
        { kind: 'dies-after', bot: 0, operations },
        asks(pressNow('Approve', 0)),
        freeze,
        { kind: 'sweep', bot: 2 },
        ...meanwhile,
        freeze.kind === 'freeze-file'
          ? freeze
          : asks({ kind: 'say', who: 0, inGroup: false, text: 'thaw' }, 1),
        { kind: 'time', milliseconds: 2 * minute },
        { kind: 'sweep', bot: 2 },
      ],
    }),
  );

/** The way back of an unknown change is approved while its server is still away, so that it ends before it acts. */
const wayBackInVain = fc.constantFrom('Look again', 'Restore', 'Take over').map(
  (late): Event => ({
    kind: 'in-a-row',
    events: [
      { kind: 'fates', server: 'wsus01', fates: ['works', 'held'] },
      asks(checkNow),
      asks(pressNow('Approve', 0)),
      { kind: 'time', milliseconds: 40_000 },
      { kind: 'sweep', bot: 1 },
      { kind: 'let-go' },
      asks(pressNow('Restore', 0)),
      { kind: 'network', server: 'wsus01' },
      asks(pressNow('Approve', 0)),
      { kind: 'network', server: 'wsus01' },
      asks(pressNow(late, 0)),
    ],
  }),
);

/** What leads into the corners. */
export const story: fc.Arbitrary<Event> = fc.oneof(
  pausedHolder,
  leaver,
  diesInBetween,
  answeredThenPressed,
  frozenInBetween,
  wayBackInVain,
);
