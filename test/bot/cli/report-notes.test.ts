import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interruptionLines, moduleAdvice, rootCauseLines, wayLine } from '../../../bot/cli/report-notes.ts';
import type { RootCause } from '../../../bot/diagnosis/root-cause.ts';

const cause: RootCause = {
  updates: { notDeclined: 21_874, supersededNotDeclined: 9126, testDetectoids: 0 },
  longestList: 447,
  cached: null,
  unread: [],
};
const lines = (changes: Partial<RootCause>, limit = 400) => rootCauseLines({ ...cause, ...changes }, limit);

test('the cure comes before what the counter says', () => {
  assert.deepEqual(lines({}), [
    "21874 updates not declined, 9126 of them superseded: declining those shortens every client's list. That is the cure, the limit is the relief",
    'clients sent up to 447 ids; the limit is 400',
  ]);
});

test('a list below the limit is not told as one that was refused', () => {
  assert.equal(
    lines({ updates: null, longestList: 212 })[0],
    'the longest list since the service started had 212 ids; the limit is 400',
  );
});

test('the flood of KB 5121986 comes first, with its remedy', () => {
  const [first, second] = lines({
    updates: { notDeclined: 1, supersededNotDeclined: 0, testDetectoids: 14_520 },
  });
  assert.match(first ?? '', /^KB 5121986 comes first: SUSDB holds 14520 test products/);
  assert.match(second ?? '', /MaxXMLPerRequest to 0.*TestProduct.*5242880/);
});

test('without superseded updates nothing is to be declined for that', () => {
  const [first] = lines({ updates: { notDeclined: 1, supersededNotDeclined: 0, testDetectoids: 0 } });
  assert.equal(
    first,
    "1 update not declined, none of them superseded: fewer products and classifications shorten every client's list",
  );
});

test('nothing known is nothing said, and what could not be read is named', () => {
  const unread = [{ part: 'updates' as const, reason: 'login failed' }];
  assert.deepEqual(lines({ updates: null, longestList: null, unread }), [
    'updates in SUSDB not read: login failed',
  ]);
});

test('an interrupted change says what the file is, a restart does not', () => {
  const interruption = {
    what: 'raise',
    startedAt: '2026-11-25T01:58:04Z',
    step: 'write',
    file: 'before',
    leftDifferent: ['The owner is A: icacls x'],
  } as const;
  assert.deepEqual(interruptionLines(interruption), [
    'the last change here was interrupted: begun 2026-11-25T01:58:04Z, came to the step write; Web.config is the old one',
    'not as it was before: The owner is A: icacls x',
  ]);
  assert.doesNotMatch(interruptionLines({ ...interruption, what: 'restart' })[0] ?? '', /Web\.config/);
});

test('either way is named, and agentless the better one', () => {
  const module = 'shipped' as const;
  assert.equal(
    wayLine({ way: 'endpoint', endpoint: 'WsusBot', module }),
    'Read through the endpoint WsusBot.',
  );
  assert.match(
    wayLine({ way: 'agentless', endpoint: 'Microsoft.PowerShell', module }),
    /as administrator through Microsoft\.PowerShell\. .* docs\/endpoint\.md/,
  );
});

test('an endpoint of another version is to be updated; what was not read is not', () => {
  const endpoint = 'WsusBot';
  assert.match(
    moduleAdvice({ way: 'endpoint', endpoint, module: 'differs' }) ?? '',
    /Install-WsusBotEndpoint\.ps1/,
  );
  for (const module of ['shipped', 'not-read'] as const)
    assert.equal(moduleAdvice({ way: 'endpoint', endpoint, module }), undefined);
});
