import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type UnknownCardData, unknownCard } from '../../cards/unknown-card.ts';
import { at, change, people, pressesOf, view, wordsOf } from './sample-values.ts';

const data: UnknownCardData = {
  view,
  change,
  since: at('02:21:20'),
  during: 'restart',
  steps: [
    { step: 'write', state: 'done', endedAt: at('02:21:05') },
    { step: 'restart', state: 'not-known', startedAt: at('02:21:06') },
  ],
  why: 'silent',
  port: 5985,
  people,
  lookAgain: 'l',
  restore: 'r',
  takeOver: 't',
};

it('separates what is known from what is not', () => {
  const words = wordsOf(unknownCard(data));
  assert.match(
    words,
    /^\? State unknown · wsus01 · since 02:21:20 UTC\nContact lost during IISReset\. You decide\.\nKnown\n✓\nWeb\.config replaced, 400 to 800\n02:21:05\nNot known\n\?\nWhether IIS came back\nport 5985 is silent\n02:21:06/,
  );
});

it('explains its three buttons in their order', () => {
  const card = unknownCard(data);
  assert.deepEqual(Object.keys(pressesOf(card)), ['Look again', 'Restore', 'Take over']);
  assert.match(
    wordsOf(card),
    /Look again: .*\nRestore: 400 back, then IISReset, after an approval\. .*\nTake over: /,
  );
});

it('offers no Restore over a file that somebody else changed', () => {
  const { restore: _, ...rest } = data;
  const card = unknownCard({ ...rest, why: 'foreign-file' });
  assert.deepEqual(Object.keys(pressesOf(card)), ['Look again', 'Take over']);
  assert.match(wordsOf(card), /neither the old nor the new one: somebody else changed it/);
});
