import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type FailedState, failedCard } from '../../cards/failed-card.ts';
import { at, change, people, pressesOf, view, wordsOf } from './sample-values.ts';

const cardOf = (state: FailedState) =>
  failedCard({
    view,
    change,
    startedAt: at('02:21:02'),
    endedAt: at('02:24:14'),
    steps: [
      { step: 'read', state: 'done', endedAt: at('02:21:03') },
      { step: 'write', state: 'done', endedAt: at('02:21:05') },
      { step: 'wait', state: 'failed', endedAt: at('02:23:37'), reason: 'HTTP 503' },
      { step: 'verify', state: 'later' },
    ],
    reason: 'the web service did not answer',
    state,
    people,
    checkAgain: 'c',
  });

it('says that nothing was changed when nothing was written', () => {
  const words = wordsOf(cardOf({ kind: 'unchanged' }));
  assert.match(
    words,
    /^✕ Failed · wsus01 · took 3 min 12 s\nThe change did not work\. The file was not changed\.\nIt stopped: the web service did not answer/,
  );
  assert.match(words, /You are where you were before\nNothing was written\./);
});

it('says that the old file is back after the way back', () => {
  const words = wordsOf(cardOf({ kind: 'restored', limit: 400, serviceAnswers: true }));
  assert.match(words, /^✕ Failed, restored · wsus01/);
  assert.match(
    words,
    /You are where you were before\nLimit 400, the service answers\. Longer lists are still refused with 80244007\./,
  );
});

it('does not call it as before when the service stays silent', () => {
  const words = wordsOf(cardOf({ kind: 'restored', limit: 400, serviceAnswers: false }));
  assert.doesNotMatch(words, /You are where you were before/);
  assert.match(words, /the service does not answer/);
});

it('says that the new file stays when nothing was put back', () => {
  const words = wordsOf(cardOf({ kind: 'written', limit: 800, serviceAnswers: 'not-known' }));
  assert.match(
    words,
    /The file is the new one\nLimit 800, whether the service answers is not known\. I put nothing back\./,
  );
});

it('shows the steps that matter, the failed one with its reason, and no step that never began', () => {
  const [shown] = wordsOf(cardOf({ kind: 'unchanged' })).split('You are where');
  assert.match(
    shown ?? '',
    /✓\nWeb\.config replaced, 400 to 800\n02:21:05\n✕\nWeb service answers\nHTTP 503\n02:23:37/,
  );
  assert.doesNotMatch(shown ?? '', /File read again|Value read back/);
});

it('leads to a check', () => {
  assert.deepEqual(pressesOf(cardOf({ kind: 'unchanged' })), { 'Check again': 'c' });
});

it('says that the new file is not in use where no restart was seen, and leads to its plan', () => {
  const card = failedCard({
    view,
    change,
    startedAt: at('02:21:02'),
    endedAt: at('02:24:14'),
    steps: [{ step: 'restart', state: 'failed', endedAt: at('02:23:37'), reason: 'I was stopped' }],
    reason: 'I was stopped while the change ran',
    state: { kind: 'not-restarted', limit: 800 },
    people,
    checkAgain: 'c',
    planRestart: 'r',
  });
  assert.match(wordsOf(card), /^! Written, not active/);
  assert.match(wordsOf(card), /not in use yet\nLimit 800, the service goes on with what it read before/);
  assert.deepEqual(pressesOf(card), { 'Plan the restart': 'r' });
});
