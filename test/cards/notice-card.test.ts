import assert from 'node:assert/strict';
import { it } from 'node:test';
import { noticeCard, noticeText } from '../../cards/notice-card.ts';
import { at, view, wordsOf } from './sample-values.ts';

it('says who approved and when', () => {
  const notice = { kind: 'already-approved', by: 'Tomasz Nowak', at: at('02:21:00') } as const;
  assert.equal(
    noticeText(notice, view).replaceAll('\u00a0', ' '),
    'Already approved by Tomasz Nowak at 02:21 UTC. It runs only once. Its card shows the state.',
  );
  assert.match(
    wordsOf(noticeCard(notice, view)),
    /^– Not done\nThis plan is approved already\nAlready approved by Tomasz Nowak/,
  );
});

it('says who may instead', () => {
  assert.equal(
    noticeText({ kind: 'may-not-approve', approvers: ['A', 'B', 'C', 'D', 'E'] }, view),
    'You may not approve changes on this server. A, B, C or 2 more may.',
  );
  assert.match(noticeText({ kind: 'may-not-approve', approvers: [] }, view), /Nobody may\.$/);
});

it('puts nothing into the line that Markdown or a mention could be', () => {
  const text = noticeText(
    { kind: 'already-approved', by: '[x](http://y) **b** <at>z</at>', at: at('02:21:00') },
    view,
  );
  assert.doesNotMatch(text, /[[\]*<>]/);
});
