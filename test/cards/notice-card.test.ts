import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Notice } from '../../cards/notice.ts';
import { noticeCard, noticeText as textOf } from '../../cards/notice-card.ts';
import { inEnglish } from './in-english.ts';
import { at, change, maintenance, oneOfTwo, view, wordsOf } from './sample-values.ts';

const noticeText = (notice: Notice) => inEnglish(textOf(notice));

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
    noticeText({ kind: 'not-approver', approvers: ['A', 'B', 'C', 'D', 'E'] }),
    'You may not approve changes on this server. A, B, C or 2 others may.',
  );
  assert.match(noticeText({ kind: 'not-approver', approvers: [] }), /Nobody may\.$/);
});

it('puts nothing into the line that Markdown or a mention could be', () => {
  const text = noticeText({ kind: 'may-not-check', approvers: ['[x](http://y) **b** <at>z</at>'] });
  assert.doesNotMatch(text, /[[\]*<>]/);
});

describe('a refusal names its rule and the next step', () => {
  const people = ['Kim Larsen', 'Tomasz Nowak'];
  const holder = {
    change: { ...change, number: 12 },
    state: 'unknown',
    since: at('02:20:00'),
    askedBy: 'Mara Lindqvist',
    approvedBy: people,
  } as const;
  const freeze = { kind: 'person', by: 'Kim Larsen', reason: 'Month-end.', since: at('01:00:00') } as const;
  const expected: readonly (readonly [Notice, RegExp])[] = [
    [{ kind: 'not-approver', approvers: people }, /may not approve.*Kim Larsen or Tomasz Nowak may\.$/],
    [{ kind: 'not-requester', requesters: people }, /may not ask for changes.*Tomasz Nowak may ask\.$/],
    [
      { kind: 'four-eyes', approvers: people },
      /You asked for this, so somebody else approves it\..*may approve it\.$/,
    ],
    [
      { kind: 'already-approved', view, at: at('02:20:00'), votes: 1, needed: 2 },
      /You approved this at 02:20 UTC\. It counts once\. 1 of 2 approvals: somebody else gives the next one\.$/,
    ],
    [
      { kind: 'approved-by-others', view, votes: oneOfTwo.votes },
      /Already approved by Kim Larsen at 02:20 UTC\./,
    ],
    [
      { kind: 'variant-differs', by: 'Kim Larsen', withSecondKey: false },
      /Kim Larsen approved this plan without the second key\./,
    ],
    [
      { kind: 'window-closed', view, next: maintenance },
      /The next one: Sunday 29 Nov, 02:00 to 04:00 Europe\/Berlin\. Approve it then\.$/,
    ],
    [{ kind: 'policy-moved' }, /policy of this server was changed.*Check the server again for a new plan\.$/],
    [{ kind: 'no-identity' }, /without an Entra object id/],
    [{ kind: 'directory-unread' }, /the directory does not say.*Try again in a minute\./],
    [
      { kind: 'not-break-glass', members: [] },
      /may not run a change alone.*Nobody may\. The other way is an approval\.$/,
    ],
    [{ kind: 'reason-too-short' }, /at least 10 characters/],
    [{ kind: 'reason-too-long' }, /It may have 500 characters/],
    [
      { kind: 'frozen', view, freeze },
      /Kim Larsen froze them at 01:00 UTC: “Month-end”\. An approver types thaw to end it\.$/,
    ],
    [{ kind: 'already-frozen', view, freeze }, /frozen already/],
    [
      { kind: 'frozen-by-file', view, freeze: { kind: 'file-unread', file: 'data/freeze' } },
      /I cannot read it, which freezes too/,
    ],
    [{ kind: 'may-not-freeze', approvers: people }, /may not freeze or thaw/],
    [{ kind: 'nothing-frozen' }, /nothing to thaw/],
    [{ kind: 'freeze-how' }, /a reason of 10 to 500 characters/],
    [
      { kind: 'thawed', view, by: 'Kim Larsen', at: at('02:20:00'), waiting: 1 },
      /1 approved change waited for it/,
    ],
    [
      { kind: 'locked', view, holder },
      /Change 12 holds wsus01 since 02:20 UTC: raise .*, state unknown\. Asked by Mara Lindqvist, approved by Kim Larsen and Tomasz Nowak\. It ends when .* unlock wsus01 and a reason\.$/,
    ],
    [{ kind: 'locked', view, holder: { ...holder, state: 'running' } }, /Wait until it ends/],
    [{ kind: 'running-cannot-unlock', view, holder: { ...holder, state: 'running' } }, /it keeps its lock/],
    [{ kind: 'lock-unreadable', server: 'wsus01' }, /what I cannot read blocks/],
    [{ kind: 'may-not-unlock', server: 'wsus01', approvers: people }, /may not unlock wsus01/],
    [{ kind: 'nothing-locked', server: 'wsus01' }, /No change holds wsus01/],
    [{ kind: 'unlock-how' }, /Type unlock, the name of the server and the reason\.$/],
    [
      {
        kind: 'unlocked',
        view,
        server: 'wsus01',
        number: 12,
        by: 'Kim Larsen',
        at: at('02:20:00'),
        reason: 'Host is gone',
      },
      /Kim Larsen unlocked wsus01 on 25 Nov 2026, 02:20 UTC: “Host is gone”\. Change 12 is closed and recorded as not proven\./,
    ],
    [{ kind: 'store-away', why: 'away', again: 'write' }, /^I cannot reach my store, so I change nothing\./],
  ];
  for (const [notice, text] of expected) {
    it(`${notice.kind}${'holder' in notice ? `, ${notice.holder.state}` : ''}`, () => {
      assert.match(noticeText(notice).replaceAll('\u00a0', ' '), text);
    });
  }
});

it('keeps only letters and the signs of a sentence of what somebody wrote as a reason', () => {
  const freeze = {
    kind: 'file',
    file: '<at>x</at>',
    reason: '[x](http://y) **b** <at>z</at>, `code`',
  } as const;
  const text = noticeText({ kind: 'frozen', view, freeze });
  assert.doesNotMatch(text, /[[\]*<>`/:]{2}|[[\]*<>`]/);
  assert.match(text, /“x http y b at z at , code”/);
});
