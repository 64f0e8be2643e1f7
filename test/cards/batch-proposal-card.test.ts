import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type BatchProposalCardData, batchProposalCard } from '../../cards/batch-proposal-card.ts';
import type { BatchPlanView } from '../../cards/batch-view.ts';
import { at, change, oneOfTwo, pressesOf, togglesOf, view, wordsOf } from './sample-values.ts';

const planOn = (server: string, sites = 2): BatchPlanView => ({ change: { ...change, server }, sites });
const plans = [planOn('wsus01', 1), planOn('wsus02'), planOn('wsus05')];
const cardOf = (data: Partial<BatchProposalCardData> = {}) =>
  batchProposalCard({
    view,
    plans,
    leftOut: [],
    parallel: 1,
    askedBy: 'Mara Lindqvist',
    askedAt: at('02:14:00'),
    validUntil: at('03:14:00'),
    reader: { kind: 'approver', approve: 'a', decline: 'd' },
    approvers: ['Kim Larsen', 'Tomasz Nowak'],
    ...data,
  });

it('lists the servers in their order, with what stops on each, and one approval for all', () => {
  assert.match(
    wordsOf(cardOf()),
    /Raise the limit on 3 servers from 400 to 800\?\n.*\n− maxInstalledPrerequisites = 400\n\+ maxInstalledPrerequisites = 800\nOne at a time, in this order\n1\. wsus01: IISReset stops 1 site\n2\. wsus02: IISReset stops 2 sites\n3\. wsus05: IISReset stops 2 sites\nThe first that does not end well stops the rest\./,
  );
  assert.deepEqual(pressesOf(cardOf()), { 'Approve and run': 'a', Decline: 'd' });
});

it('says how many run at a time', () => {
  assert.match(wordsOf(cardOf({ parallel: 2 })), /2 at a time, in this order/);
});

it('says at each server what changes there where the plans differ', () => {
  const other = {
    ...change.work,
    edits: [{ key: 'maxInstalledPrerequisites', from: 500, to: 800 }],
  } as const;
  const [first] = plans as [BatchPlanView];
  const words = wordsOf(cardOf({ plans: [first, { change: { ...change, server: 'wsus02', work: other } }] }));
  assert.match(words, /Change the limit on 2 servers\?/);
  assert.match(
    words,
    /1\. wsus01: 400 to 800, IISReset stops 1 site\n2\. wsus02: 500 to 800, IISReset stops all sites/,
  );
});

it('says which servers were left out and why', () => {
  const leftOut = [
    { server: 'wsus03', why: 'healthy' },
    { server: 'wsus04', why: 'changed-since' },
  ] as const;
  assert.match(
    wordsOf(cardOf({ leftOut })),
    /Left out: wsus03 \(healthy\), wsus04 \(changed since it was read\)\./,
  );
});

it('hides no server of a long list: those without a row stand in the fold', () => {
  const many = Array.from({ length: 24 }, (_, index) => planOn(`host${index + 1}x`));
  const card = cardOf({ plans: many });
  for (const {
    change: { server },
  } of many)
    assert.ok(wordsOf(card).includes(server), server);
  assert.match(wordsOf(card), /and 18 more servers: All servers lists them/);
  assert.deepEqual(togglesOf(card), ['All servers']);
});

it('counts the approvals, and does not promise to run before the last one', () => {
  assert.match(wordsOf(cardOf({ approvals: oneOfTwo })), /1 of 2 approvals: Kim Larsen at 02:20 UTC\./);
  assert.ok('Approve' in pressesOf(cardOf({ approvals: { needed: 2, votes: [] } })));
});

describe('for those who do not approve', () => {
  it('gives each the button that is theirs', () => {
    assert.deepEqual(pressesOf(cardOf({ reader: { kind: 'requester', withdraw: 'w' } })), { Withdraw: 'w' });
    assert.deepEqual(pressesOf(cardOf({ reader: { kind: 'everybody', review: 'r' } })), { Review: 'r' });
    assert.deepEqual(pressesOf(cardOf({ reader: { kind: 'reader' } })), {});
  });

  it('says who may approve', () => {
    assert.match(
      wordsOf(cardOf({ reader: { kind: 'requester', withdraw: 'w' } })),
      /You asked for this, so somebody else approves it\.\nKim Larsen or Tomasz Nowak may approve it\./,
    );
  });
});
