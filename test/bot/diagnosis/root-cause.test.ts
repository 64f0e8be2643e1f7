import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rootCauseOf } from '../../../bot/diagnosis/root-cause.ts';
import { judge } from '../../../bot/diagnosis/verdict.ts';
import type { Report } from '../../../remote/contract.ts';
import { accessDenied, filePart, refusedClients, reportWith } from '../sample-report.ts';

const causeIn = (parts: Partial<Report>) => {
  const report = reportWith(parts);
  return rootCauseOf(report, judge(report));
};

test('a limit too low comes with what makes the lists long', () => {
  assert.deepEqual(causeIn({ file: filePart('400') }), {
    updates: { notDeclined: 21_874, supersededNotDeclined: 9126, testDetectoids: 0 },
    longestList: 447,
    cached: null,
    unread: [],
  });
});

test('a healthy server has one only where clients were refused before', () => {
  const since = { pid: 380, startedAt: '2026-11-25T02:10:00.000Z' };
  const pool = { ok: true as const, name: 'WsusPool', state: 'Started', worker: since };
  assert.equal(causeIn({ pool }), null);
  assert.notEqual(causeIn({ pool, log: refusedClients }), null);
});

test('verdicts that are not about lists have none', () => {
  assert.equal(causeIn({ file: accessDenied }), null);
  assert.equal(causeIn({ file: filePart('0400') }), null);
});

test('lists of cached updates count where they are above their own limit', () => {
  const counters = { ok: true as const, maximumNonLeafUpdates: null, maximumOtherCachedUpdates: 22_001 };
  const cause = causeIn({ file: filePart('400'), counters });
  assert.deepEqual(cause?.cached, { longest: 22_001, limit: 22_000 });
  assert.equal(cause?.longestList, null);
  assert.equal(causeIn({ file: filePart('400', '22001'), counters })?.cached, null);
});

test('what could not be read is named, what was not asked for is not', () => {
  const notAsked = { ok: false as const, code: 'not-asked', reason: 'a brief report leaves this out' };
  const cause = causeIn({ file: filePart('400'), counters: notAsked, updates: accessDenied });
  assert.deepEqual(
    [cause?.updates, cause?.longestList, cause?.unread],
    [null, null, [{ part: 'updates', reason: 'Access is denied.' }]],
  );
});
