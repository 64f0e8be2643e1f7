import assert from 'node:assert/strict';
import { it } from 'node:test';
import { queuedCard, type WaitsFor } from '../../cards/queued-card.ts';
import { at, change, maintenance, plan, pressesOf, togglesOf, view, wordsOf } from './sample-values.ts';

const votes = [
  { by: 'Kim Larsen', at: at('02:18:00') },
  { by: 'Tomasz Nowak', at: at('02:20:00') },
];
const cardOf = (waitsFor: WaitsFor) =>
  queuedCard({
    view,
    plan: { ...plan, number: 12, approvals: { needed: 2, votes } },
    waitsFor,
    withdraw: 'w',
    showState: 's',
    breakGlass: 'g',
  });

it('says when it starts, what it waits for, and who approved', () => {
  const card = cardOf({ kind: 'window', window: maintenance });
  assert.match(
    wordsOf(card),
    /^○ Approved, waiting · wsus01\nApproved\. It starts Sunday 29 Nov, 02:00 CET\./,
  );
  assert.match(wordsOf(card), /It waits for the window: Sunday 29 Nov, 02:00 to 04:00 Europe\/Berlin\./);
  assert.match(
    wordsOf(card),
    /Change 12\. Asked by Mara Lindqvist, approved by Kim Larsen and Tomasz Nowak at 02:20 UTC\./,
  );
  assert.match(
    card.in('en').summary.replaceAll('\u00a0', ' '),
    /It starts Sunday 29 Nov, 02:00 Europe\/Berlin/,
  );
});

it('still shows what changes and what stops', () => {
  const words = wordsOf(cardOf({ kind: 'window', window: maintenance }));
  assert.match(words, /\+ maxInstalledPrerequisites = 800/);
  assert.match(words, /IISReset stops 2 sites/);
});

it('can be withdrawn, and run at once by who may', () => {
  const card = cardOf({ kind: 'turn', before: 2 });
  assert.match(
    wordsOf(card),
    /2 servers come before it\. If one does not end well, this one is not started\./,
  );
  assert.deepEqual(pressesOf(card), { Withdraw: 'w', 'Show current state': 's', 'Run now, alone': 'g' });
});

it('says who froze changes and why, and that the glass does not break a freeze', () => {
  const freeze = { kind: 'person', by: 'Kim Larsen', reason: 'Month-end.', since: at('01:00:00') } as const;
  const card = cardOf({ kind: 'thaw', freeze });
  assert.match(
    wordsOf(card),
    /Kim Larsen froze them at 01:00 UTC: “Month-end”\. An approver types thaw to end it\./,
  );
  assert.deepEqual(togglesOf(card), ['Details']);
});

it('says which change holds the server, and that the glass does not break a lock', () => {
  const holder = {
    change: { ...change, number: 11 },
    state: 'running',
    since: at('02:10:00'),
    askedBy: 'Ingrid Solberg',
    approvedBy: ['Kim Larsen'],
  } as const;
  const card = cardOf({ kind: 'lock', holder });
  assert.match(
    wordsOf(card),
    /Another change holds this server\.\nChange 11 holds wsus01 since 02:10 UTC: .*, running\./,
  );
  assert.deepEqual(togglesOf(card), ['Details']);
});

it('says that it starts in a moment when it waits for nothing', () => {
  assert.match(wordsOf(cardOf({ kind: 'worker' })), /Approved\. It starts in a moment\./);
});
