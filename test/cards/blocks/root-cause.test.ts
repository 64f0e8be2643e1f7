import assert from 'node:assert/strict';
import { it } from 'node:test';
import { floodSentence, rootCauseBlock, rootCauseLines } from '../../../cards/blocks/root-cause.ts';
import type { RootCauseView } from '../../../cards/root-cause-view.ts';
import { inEnglish } from '../in-english.ts';

const cause: RootCauseView = {
  updates: { notDeclined: 21_874, supersededNotDeclined: 9126, testDetectoids: 0 },
  longestList: 447,
  cached: null,
  unread: [],
};
const lines = (changes: Partial<RootCauseView>, limit = 400, isActive = true) =>
  rootCauseLines({ ...cause, ...changes }, { limit, isActive }).map(inEnglish);

it('names the cure, then what the counter says', () => {
  assert.deepEqual(lines({}), [
    '21,874 updates are not declined; 9,126 of them are superseded. Declining those shortens every client’s list: that is the cure, the limit is the relief.',
    'Clients sent up to 447 ids; the limit is 400.',
  ]);
});

it('knows one update from many', () => {
  const updates = { notDeclined: 1, supersededNotDeclined: 1, testDetectoids: 0 };
  assert.match(lines({ updates })[0] ?? '', /^1 update is not declined; 1 of them is superseded\./);
  assert.equal(lines({ updates: { ...updates, notDeclined: 0 } }).length, 1);
});

it('proposes no declining where nothing is superseded', () => {
  const updates = { notDeclined: 4310, supersededNotDeclined: 0, testDetectoids: 0 };
  assert.match(
    lines({ updates })[0] ?? '',
    /^4310 updates are not declined, none of them superseded\. Fewer products/,
  );
});

it('does not say that a list was refused which fits, nor that a limit counts which is not read yet', () => {
  assert.equal(
    lines({ updates: null, longestList: 400 })[0],
    'The longest list since the service started had 400 ids; the limit is 400.',
  );
  assert.equal(
    lines({ updates: null }, 800, false)[0],
    'The longest list since the service started had 447 ids; the new limit is 800.',
  );
});

it('says nothing of what is not known', () => {
  const nothing = { updates: null, longestList: null, unread: [{ part: 'updates' as const, reason: 'x' }] };
  assert.deepEqual(lines(nothing), []);
  assert.deepEqual(rootCauseBlock({ ...cause, ...nothing }, { limit: 400, isActive: true }), []);
  assert.deepEqual(rootCauseLines(undefined, { limit: 400, isActive: true }), []);
});

it('puts the flood of KB 5121986 first', () => {
  const updates = { notDeclined: 1, supersededNotDeclined: 0, testDetectoids: 14_520 };
  assert.match(lines({ updates })[0] ?? '', /^Remedy of KB\u00a05121986/);
  assert.equal(
    inEnglish(floodSentence(1)),
    'KB\u00a05121986 comes first: SUSDB holds 1 test product. The limit is relief.',
  );
});

it('tells of cached updates beside their own limit', () => {
  assert.equal(
    lines({ cached: { longest: 22_640, limit: 22_000 } }).at(-1),
    'Clients sent up to 22,640 cached updates; maxCachedUpdates is 22000.',
  );
});
