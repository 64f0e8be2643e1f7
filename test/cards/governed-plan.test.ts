import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PlanView } from '../../cards/plan-view.ts';
import { proposalCard } from '../../cards/proposal-card.ts';
import { waitingCard } from '../../cards/waiting-card.ts';
import { nodesOf } from '../kit/card-reader.ts';
import {
  at,
  inputsOf,
  maintenance,
  oneOfTwo,
  plan,
  policy,
  pressesOf,
  togglesOf,
  view,
  wordsOf,
} from './sample-values.ts';

const secondKey = { key: 'maxCachedUpdates', from: 22000, to: 44000 } as const;
const propose = (change: Partial<PlanView>, breakGlass?: string) =>
  proposalCard({
    view,
    plan: { ...plan, ...change },
    approve: 'a',
    decline: 'd',
    ...(breakGlass !== undefined && { breakGlass }),
  });

describe('a plan that needs two approvals', () => {
  it('says so before the first, and who gave it after', () => {
    assert.match(wordsOf(propose({ approvals: { needed: 2, votes: [] } })), /Needs 2 approvals\./);
    const card = propose({ approvals: oneOfTwo });
    assert.match(wordsOf(card), /1 of 2 approvals: Kim Larsen at 02:20 UTC\./);
    assert.match(card.in('en').summary, /1 of 2 approvals\./);
  });

  it('promises to run only with the approval that is the last one', () => {
    assert.ok('Approve' in pressesOf(propose({ approvals: { needed: 2, votes: [] } })));
    assert.ok('Approve and run' in pressesOf(propose({ approvals: oneOfTwo })));
  });

  it('offers the second key until the first vote, which fixes the variant', () => {
    assert.deepEqual(inputsOf(propose({ secondKey, approvals: { needed: 2, votes: [] } })), ['secondKey']);
    assert.deepEqual(inputsOf(propose({ secondKey, approvals: oneOfTwo })), []);
  });
});

describe('a plan outside of the window', () => {
  it('says when it starts, and does not promise to run at once', () => {
    const card = propose({ start: { kind: 'in-window', window: maintenance } });
    assert.match(wordsOf(card), /Starts Sunday 29 Nov, 02:00 Europe\/Berlin \(01:00 UTC\)\./);
    assert.match(wordsOf(card), /Approve by 03:14 UTC/);
    assert.ok('Approve' in pressesOf(card));
  });

  it('says when it may be approved where the policy refuses until then', () => {
    const card = propose({ start: { kind: 'not-before', window: maintenance } });
    assert.match(wordsOf(card), /Approve it in the window: Sunday 29 Nov, 02:00 to 04:00 Europe\/Berlin\./);
  });
});

it('names policy and module in the details, and stays within eight entries', () => {
  const card = propose({
    secondKey,
    details: {
      ...plan.details,
      lineNow: 'x',
      sha256Before: 'a'.repeat(64),
      backup: 'b',
      module: '5ac0ffee'.repeat(8),
      policy,
    },
  });
  assert.match(
    wordsOf(card),
    /1042, hash 7f3a91c2\nmodule 5ac0ffee\nPolicy\n2 approvals, four eyes; Sunday 02:00 to 04:00 Europe\/Berlin/,
  );
});

describe('the way past the approvals', () => {
  it('is closed at first, with what it means and a reason to write', () => {
    const card = propose({}, 'g');
    const [glass] = nodesOf(card.in('en').json).filter((node) => node.id === 'glass');
    assert.equal(glass?.isVisible, false);
    assert.match(
      wordsOf(card),
      /You run this alone and now, .* recorded with your reason, and the approvers are told\./,
    );
    assert.deepEqual(inputsOf(card), ['reason']);
    assert.deepEqual(togglesOf(card), ['Details', 'Break glass']);
    assert.equal(pressesOf(card)['Run now, alone'], 'g');
  });

  it('is not there for others', () => {
    assert.deepEqual(inputsOf(propose({})), []);
    assert.deepEqual(togglesOf(propose({})), ['Details']);
  });

  it('requires the reason only where no other button sends inputs, since a client would hold that one back', () => {
    const required = (card: ReturnType<typeof propose>) =>
      nodesOf(card.in('en').json).find((node) => node.type === 'Input.Text')?.isRequired;
    assert.equal(required(propose({ secondKey }, 'g')), undefined);
    assert.equal(required(propose({}, 'g')), true);
  });
});

describe('the card of who waits', () => {
  const wait = (reader: 'requester' | 'voted', review?: string) =>
    waitingCard({
      view,
      plan: { ...plan, approvals: oneOfTwo },
      reader,
      approvers: ['Kim Larsen', 'Tomasz Nowak'],
      toldAt: at('02:14:00'),
      ...(reader === 'requester' && { withdraw: 'w', tellAgain: 't', breakGlass: 'g' }),
      ...(review !== undefined && { review }),
    });

  it('tells the requester, approver or not, that somebody else approves', () => {
    assert.match(
      wordsOf(wait('requester')),
      /You asked for this, so somebody else approves it\.\nKim Larsen or Tomasz Nowak may approve it, told at 02:14 UTC\. Valid until 03:14 UTC\.\n1 of 2 approvals: Kim Larsen at 02:20 UTC\./,
    );
    assert.deepEqual(pressesOf(wait('requester')), {
      'Tell them again': 't',
      Withdraw: 'w',
      'Run now, alone': 'g',
    });
  });

  it('keeps to three buttons in a row where everybody may review', () => {
    assert.deepEqual(Object.keys(pressesOf(wait('requester', 'r'))), [
      'Review',
      'Withdraw',
      'Run now, alone',
    ]);
  });

  it('tells who has voted that one person counts once', () => {
    assert.match(wordsOf(wait('voted')), /You approved this\. One person counts once\./);
    assert.deepEqual(pressesOf(wait('voted')), {});
  });
});
