import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type LookAlikeCardData, lookAlikeCard } from '../../cards/look-alike-card.ts';
import { pressesOf, view, wordsOf } from './sample-values.ts';

const cardOf = (changed: Partial<LookAlikeCardData> = {}) =>
  lookAlikeCard({
    view,
    kind: 'other-cached-update-ids',
    meaning: 'These clients remember more updates than the server accepts.',
    steps: ['Decline superseded updates.', 'If it still fails, check the server.'],
    theirs: { message: 'parameters.OtherCachedUpdateIDs' },
    evidence: [{ line: 6, text: 'Message=parameters.OtherCachedUpdateIDs' }],
    seen: { servers: [], clients: 0, count: 0 },
    ...changed,
  });

it('puts the word that differs beside the one of KB 4096317', () => {
  assert.match(
    wordsOf(cardOf()),
    /How I tell them apart\nYour log, line 6\nMessage=parameters\.\nOtherCachedUpdateIDs\nKB 4096317 has\nMessage=parameters\.\nInstalledNonLeafUpdateIDs/,
  );
});

it('lists what to do in order', () => {
  assert.match(
    wordsOf(cardOf()),
    /Next, in this order\n1\. Decline superseded updates\.\n2\. If it still fails/,
  );
});

it('shows the lines when there is no single word that differs', () => {
  const { theirs: _, ...data } = { theirs: undefined };
  const card = lookAlikeCard({
    ...data,
    view,
    kind: 'neighbour',
    hresult: 0x8024401c,
    meaning: 'The server took too long.',
    steps: ['Look at the WSUS pool.'],
    evidence: [{ text: 'hr = 0x8024401C' }],
    seen: { servers: [], clients: 0, count: 0 },
  });
  assert.match(wordsOf(card), /8024401C is another failure/);
  assert.match(wordsOf(card), /hr = 0x8024401C/);
  assert.match(wordsOf(card), /Next\nLook at the WSUS pool\./);
});

it('offers a check only when one can answer', () => {
  assert.deepEqual(pressesOf(cardOf()), {});
  assert.deepEqual(
    pressesOf(cardOf({ next: { kind: 'check', checks: [{ server: 'wsus01', token: 'c' }] } })),
    {
      'Check wsus01': 'c',
    },
  );
});

it('never offers 800', () => {
  assert.doesNotMatch(wordsOf(cardOf()), /800/);
});
