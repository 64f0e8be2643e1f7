import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PeopleView } from '../../cards/change-view.ts';
import { closedCard } from '../../cards/closed-card.ts';
import { failedCard } from '../../cards/failed-card.ts';
import { glassBrokenCard } from '../../cards/glass-broken-card.ts';
import { runningCard } from '../../cards/running-card.ts';
import { succeededCard } from '../../cards/succeeded-card.ts';
import { unknownCard } from '../../cards/unknown-card.ts';
import { at, change, plan, pressesOf, view, wordsOf } from './sample-values.ts';

const two: PeopleView = {
  askedBy: 'Mara Lindqvist',
  approvals: [
    { by: 'Kim Larsen', at: at('02:18:00') },
    { by: 'Tomasz Nowak', at: at('02:20:00') },
  ],
};
const alone: PeopleView = {
  askedBy: 'Mara Lindqvist',
  brokeGlass: { by: 'Kim Larsen', at: at('02:20:00'), reason: 'The audit is at six.' },
};
const numbered = { ...change, number: 12 };
const span = { view, change: numbered, startedAt: at('02:21:02'), endedAt: at('02:22:00') };

const cards = (people: PeopleView) => ({
  succeeded: succeededCard({ ...span, proofs: [], people, steps: [], checkAgain: 'c' }),
  failed: failedCard({
    ...span,
    steps: [],
    reason: 'x',
    state: { kind: 'unchanged' },
    people,
    checkAgain: 'c',
  }),
  unknown: unknownCard({
    view,
    change: numbered,
    since: at('02:21:20'),
    during: 'restart',
    steps: [],
    why: 'silent',
    port: 5986,
    people,
    lookAgain: 'l',
    takeOver: 't',
  }),
});

describe('a card that stays', () => {
  it('names the change, who asked, everybody who approved, and the day with its year', () => {
    for (const [name, card] of Object.entries(cards(two))) {
      assert.match(
        wordsOf(card),
        /Change 12\. Asked by Mara Lindqvist, approved by Kim Larsen and Tomasz Nowak.*25 Nov 2026/,
        name,
      );
    }
  });

  it('names who ran it alone, and why', () => {
    for (const [name, card] of Object.entries(cards(alone))) {
      assert.match(
        wordsOf(card),
        /Asked by Mara Lindqvist, run alone by Kim Larsen.*25 Nov 2026.*\nWhy alone: “The audit is at six”\./,
        name,
      );
    }
  });
});

it('says while it runs who approved, and who runs it alone', () => {
  const run = (people: PeopleView) =>
    wordsOf(runningCard({ view, change, startedAt: at('02:21:02'), steps: [], people, showState: 's' }));
  assert.match(run(two), /Approved by Kim Larsen and Tomasz Nowak at 02:20:00 UTC/);
  assert.match(run(alone), /Run alone by Kim Larsen at 02:20:00 UTC\nWhy alone: “The audit is at six”\./);
});

it('says that a server of unknown state stays locked, and how an approver unlocks it', () => {
  const words = wordsOf(cards(two).unknown);
  assert.match(words, /Until then I do nothing\.\nUntil then no other change runs on this server\./);
  assert.match(words, /An approver may also type unlock wsus01 and a reason/);
});

describe('a plan that is closed', () => {
  const lost = { why: 'silent', during: 'restart' } as const;
  const close = (state: Parameters<typeof closedCard>[0]['state']) =>
    wordsOf(
      closedCard({
        view,
        change: numbered,
        state,
        at: at('02:30:00'),
        askedBy: 'Mara Lindqvist',
        approvedBy: ['Kim Larsen', 'Tomasz Nowak'],
        again: 'c',
      }),
    );

  it('names the change, everybody who had a part, and the day with its year', () => {
    assert.match(
      close({ kind: 'stale' }),
      /Change 12\. Asked by Mara Lindqvist, approved by Kim Larsen and Tomasz Nowak\. Closed 25 Nov 2026, 02:30 UTC\./,
    );
  });

  it('says what was no longer as it was approved', () => {
    assert.match(close({ kind: 'stale' }), /The file changed after the approval\. Nothing was written/);
    assert.match(close({ kind: 'stale', why: 'module' }), /The module changed after the approval/);
    assert.match(close({ kind: 'stale', why: 'policy' }), /The policy changed after the approval/);
    assert.match(
      close({ kind: 'stale', why: 'approval', who: 'Kim Larsen' }),
      /An approval does not stand any more\. Nothing was written\nKim Larsen may no longer approve changes on this server\./,
    );
  });

  it('says that it was approved when it was taken back', () => {
    assert.match(
      close({ kind: 'withdrawn', by: 'Mara Lindqvist', approved: true }),
      /Mara Lindqvist took this plan back before it started\. It was approved\./,
    );
  });

  it('says which server stopped its batch', () => {
    assert.match(close({ kind: 'cancelled', after: 'wsus01' }), /The batch stopped at wsus01\./);
  });

  it('of unknown state says which change answered it, who let that run, and still what nobody saw', () => {
    const people = { askedBy: 'Mara Lindqvist', approvedBy: 'Kim Larsen', approvedAt: at('02:25:00') };
    assert.match(
      close({ kind: 'answered', lost, by: { number: 13, people, show: 's' } }),
      /– Answered · wsus01\nAnswered by change 13\. This one stays not proven\nContact lost during IISReset\. The way back answers it: its card says what is true since then\.\nChange 13\. Asked by Mara Lindqvist, approved by Kim Larsen, 25 Nov 2026, 02:25 UTC\./,
    );
  });

  it('does not say that nobody answered when it was approved and could not start', () => {
    assert.match(
      close({ kind: 'expired', validMinutes: 60, approved: true }),
      /Approved, but it could not start\. Nothing was changed\nIt waited until its time was over\./,
    );
  });

  it('claims no proof after an unlock', () => {
    assert.match(
      close({ kind: 'unlocked', lost, by: 'Kim Larsen', reason: 'Host is gone.' }),
      /What was done is not proven\nContact lost during IISReset\. Kim Larsen released the lock: “Host is gone”\. Other changes may run\./,
    );
  });
});

it('tells the approvers who broke the glass, on which server, what, why and when', () => {
  const card = glassBrokenCard({
    view,
    plan: { ...plan, number: 12 },
    brokeGlass: { by: 'Kim Larsen', at: at('02:20:00'), reason: 'The audit is at six.' },
    showState: 's',
  });
  assert.match(
    wordsOf(card),
    /! Glass broken · wsus01\nOne person runs this change without an approval\nKim Larsen broke the glass on 25 Nov 2026, 02:20 UTC: raise maxInstalledPrerequisites from 400 to 800\.\n/,
  );
  assert.match(
    wordsOf(card),
    /The reason, in their words\nThe audit is at six\.\nYou need not do anything\./,
  );
  assert.deepEqual(pressesOf(card), { 'Show current state': 's' });
});
