import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type SucceededCardData, succeededCard } from '../../cards/succeeded-card.ts';
import { at, change, people, pressesOf, view, wordsOf } from './sample-values.ts';

const cardOf = (changed: Partial<SucceededCardData> = {}) =>
  succeededCard({
    view,
    change,
    startedAt: at('02:21:02'),
    endedAt: at('02:22:00'),
    proofs: [
      { kind: 'value-read-back', key: 'maxInstalledPrerequisites', before: 400, now: 800 },
      { kind: 'restart-seen', endedPid: 4812, startedPid: 7316, startedAt: at('02:21:31') },
      { kind: 'service-answers', status: 200, milliseconds: 210, pool: 'WsusPool' },
    ],
    people,
    steps: [],
    backup: 'WsusBot-1042',
    checkAgain: 'c',
    rollBack: 'r',
    ...changed,
  });

it('lists what was seen', () => {
  assert.match(
    wordsOf(cardOf()),
    /^✓ Done and proven · wsus01 · took 58 s\nThe limit is now 800\. Clients can scan again\.\n✓\nValue read back\n400 before, 800 now\n✓\nRestart seen\nprocess 4812 ended, 7316 started at 02:21:31 UTC\n✓\nService answers\nHTTP 200 in 210 ms, WsusPool started\n/,
  );
});

it('names the backup and the people', () => {
  assert.match(wordsOf(cardOf()), /Backup\nWsusBot-1042/);
  assert.match(
    wordsOf(cardOf()),
    /Asked by Mara Lindqvist, approved by Tomasz Nowak, 25 Nov 2026, 02:21 UTC/,
  );
});

it('offers a check and the way back', () => {
  assert.deepEqual(pressesOf(cardOf()), { 'Check again': 'c', 'Roll back': 'r' });
});

it('does not say proven when a proof is missing', () => {
  const proofs = [{ kind: 'not-possible', proof: 'restart-seen', reason: 'no process' }] as const;
  const words = wordsOf(cardOf({ proofs }));
  assert.match(words, /^✓ Done, 0 of 1 proofs/);
  assert.match(words, /–\nRestart seen\nnot seen: no process/);
});

it('says what could not be put back as it was', () => {
  assert.match(wordsOf(cardOf({ leftDifferent: ['owner'] })), /! Not as it was before: owner/);
});

it('says after a roll-back that the old file is back, not that clients can scan', () => {
  const work = {
    kind: 'roll-back',
    edits: [{ key: 'maxInstalledPrerequisites', from: 800, to: 400 }],
  } as const;
  const words = wordsOf(cardOf({ change: { ...change, work } }));
  assert.match(words, /^✓ Rolled back · wsus01 · took 58 s\nThe limit is 400 again\. The old file is back\./);
  assert.doesNotMatch(words, /Clients can scan again/);
});
