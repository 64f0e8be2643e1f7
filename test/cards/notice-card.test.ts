import assert from 'node:assert/strict';
import { it } from 'node:test';
import { noticeCard, noticeText } from '../../cards/notice-card.ts';
import { wordsOf } from './sample-values.ts';

it('says as a card and as a line what stands in the way and what to do', () => {
  const notice = { kind: 'already-running', server: 'wsus01' } as const;
  assert.equal(
    noticeText(notice),
    'Another change runs on wsus01 now. This one was not started. Wait until it ends, then check the server again.',
  );
  assert.match(
    wordsOf(noticeCard(notice)),
    /^! Already running\nAnother change runs on this server\nAnother change runs on wsus01 now/,
  );
});

it('says who may instead', () => {
  assert.equal(
    noticeText({ kind: 'may-not-approve', approvers: ['A', 'B', 'C', 'D', 'E'] }),
    'You may not approve changes on this server. A, B, C or 2 more may.',
  );
  assert.match(noticeText({ kind: 'may-not-approve', approvers: [] }), /Nobody may\.$/);
});

it('puts nothing into the line that Markdown or a mention could be', () => {
  const text = noticeText({ kind: 'may-not-check', approvers: ['[x](http://y) **b** <at>z</at>'] });
  assert.doesNotMatch(text, /[[\]*<>]/);
});
