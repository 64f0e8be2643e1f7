import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { LockHolderView } from '../../cards/lock-view.ts';
import { locksCard } from '../../cards/locks-card.ts';
import { at, change, rowsOf, view, wordsOf } from './sample-values.ts';

const holder: LockHolderView = {
  change: { ...change, number: 12 },
  state: 'unknown',
  since: at('02:20:00'),
  askedBy: 'Mara Lindqvist',
  approvedBy: ['Tomasz Nowak'],
};

it('says per server which change holds it, since when, and by whose yes', () => {
  const card = locksCard({ view, rows: [{ server: 'wsus01', holder, open: 'o' }] });
  assert.match(
    wordsOf(card),
    /1 server is locked\nwsus01\n\? State unknown, since 02:20 UTC\nChange 12: raise maxInstalledPrerequisites from 400 to 800\. Asked by Mara Lindqvist, approved by Tomasz Nowak\./,
  );
  assert.deepEqual(rowsOf(card), [
    'wsus01, State unknown, since 02:20 UTC, Change 12: raise maxInstalledPrerequisites from 400 to 800, asked by Mara Lindqvist, approved by Tomasz Nowak. Open its change',
  ]);
});

it('says how a lock of unknown state ends, and nothing of it where there is none', () => {
  const unknown = locksCard({ view, rows: [{ server: 'wsus01', holder }] });
  assert.match(wordsOf(unknown), /until somebody answers its card, or an approver types unlock/);
  const running = locksCard({ view, rows: [{ server: 'wsus01', holder: { ...holder, state: 'running' } }] });
  assert.match(wordsOf(running), /A lock ends with its change\./);
});

it('shows a lock that cannot be read as a lock', () => {
  assert.match(
    wordsOf(locksCard({ view, rows: [{ server: 'wsus02' }] })),
    /1 server is locked\nwsus02\n\? Lock not readable/,
  );
});

it('says that no server is locked, and that changes are frozen even so', () => {
  const freeze = { kind: 'person', by: 'Kim Larsen', reason: 'Month-end', since: at('01:00:00') } as const;
  const card = locksCard({ view, rows: [], freeze });
  assert.match(
    wordsOf(card),
    /No server is locked\n! Changes are frozen\nKim Larsen froze them at 01:00 UTC: “Month-end”\./,
  );
  assert.match(card.in('en').summary, /No server is locked\. Changes are frozen\./);
});
