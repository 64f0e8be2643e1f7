import assert from 'node:assert/strict';
import { it } from 'node:test';
import { frozenCard } from '../../cards/frozen-card.ts';
import { at, view, wordsOf } from './sample-values.ts';

it('says who froze changes, when, why, what goes on and who ends it', () => {
  const freeze = {
    kind: 'person',
    by: 'Kim Larsen',
    reason: 'Month-end closing',
    since: at('01:00:00'),
  } as const;
  assert.match(
    wordsOf(frozenCard({ view, freeze, waiting: 2, running: 1 })),
    /^! Changes are frozen\nReading works, changes wait\nKim Larsen froze all changes on 25 Nov 2026, 01:00 UTC\. Nothing is approved or started\.\nThe reason\nMonth-end closing\nUntil it ends\n1 change that runs goes on to the end\. 2 approved changes wait for it\.\nAn approver types thaw to end it\./,
  );
});

it('says that a file freezes, and that removing it ends the freeze', () => {
  const freeze = { kind: 'file', file: 'data/freeze', reason: 'Chat is down' } as const;
  const words = wordsOf(frozenCard({ view, freeze, waiting: 0, running: 0 }));
  assert.match(words, /A file on my host freezes all changes\./);
  assert.match(words, /No approved change waits for it\.\nIt ends when data\/freeze is removed on my host\./);
});

it('freezes for a file that it cannot read, and says so', () => {
  const freeze = { kind: 'file-unread', file: 'data/freeze' } as const;
  assert.match(
    wordsOf(frozenCard({ view, freeze, waiting: 0, running: 0 })),
    /is there and I cannot read it\. That freezes all changes too\.\nThe file\ndata\/freeze/,
  );
});
