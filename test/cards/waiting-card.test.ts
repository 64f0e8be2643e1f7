import assert from 'node:assert/strict';
import { it } from 'node:test';
import { waitingCard } from '../../cards/waiting-card.ts';
import { inputsOf, plan, pressesOf, view, wordsOf } from './sample-values.ts';

const approvers = ['Tomasz Nowak', 'Ingrid Solberg'];
const withKey = { ...plan, secondKey: { key: 'maxCachedUpdates', from: 22000, to: 44000 } } as const;

it('tells the requester that somebody else approves, and who', () => {
  const card = waitingCard({ view, plan, reader: 'requester', approvers, withdraw: 'w' });
  assert.match(
    wordsOf(card),
    /You asked for this, so somebody else approves it\.\nTomasz Nowak or Ingrid Solberg may approve it\. Valid until 03:14 UTC\./,
  );
  assert.deepEqual(pressesOf(card), { Withdraw: 'w' });
});

it('gives a reader no button that decides', () => {
  const card = waitingCard({ view, plan, reader: 'reader', approvers });
  assert.match(wordsOf(card), /You may not approve changes on this server\./);
  assert.deepEqual(pressesOf(card), {});
});

it('gives a channel one card with Review', () => {
  assert.deepEqual(pressesOf(waitingCard({ view, plan, reader: 'everybody', approvers, review: 'r' })), {
    Review: 'r',
  });
});

it('offers no box: it shows the one variant that was asked for', () => {
  const card = waitingCard({ view, plan: withKey, reader: 'requester', approvers });
  assert.deepEqual(inputsOf(card), []);
  assert.doesNotMatch(wordsOf(card), /maxCachedUpdates/);
});

it('says that nobody may approve where the policy leaves nobody', () => {
  const card = waitingCard({ view, plan, reader: 'requester', approvers: [] });
  assert.match(wordsOf(card), /\nNobody may approve it\. Valid until/);
});
