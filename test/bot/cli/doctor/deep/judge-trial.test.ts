import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeTrial } from '../../../../../bot/cli/doctor/deep/deep-check.ts';
import { type DeepItemName, deepItems } from '../../../../../bot/cli/doctor/deep/deep-items.ts';
import type { Report } from '../../../../../remote/contract.ts';
import { RemoteError } from '../../../../../remote/remote-error.ts';
import type { TrialSeen } from '../../../../../remote/trial-seen.ts';
import { accessDenied, filePart, interrupted, reportWith } from '../../../sample-report.ts';

const seen = (parts: Partial<Report> = {}, more: Partial<TrialSeen> = {}): TrialSeen => ({
  opening: { ok: true, milliseconds: 410, receives: 3, protocolVersion: '2.3' },
  loading: null,
  silence: { ok: true, milliseconds: 2009, isEmpty: true },
  report: {
    ok: true,
    report: reportWith(parts),
    characters: 11_095,
    milliseconds: 21,
    requests: 2,
    clockDifference: -1_500,
  },
  brief: { ok: true, milliseconds: 12 },
  script: { ok: true, isRefused: true, errorId: 'ScriptsNotAllowed' },
  unlisted: { ok: true, isRefused: true, errorId: 'CommandNotFoundException' },
  stop: { ok: true, how: 'stopped', answersAfter: true },
  deletion: { ok: true, milliseconds: 4 },
  ...more,
});
const itemOf = (name: DeepItemName, trial: TrialSeen) => {
  const found = judgeTrial(trial).find(({ item }) => item === name);
  return found ?? assert.fail(name);
};
const outcomeOf = (name: DeepItemName, trial: TrialSeen) => itemOf(name, trial).outcome;

test('every item is there once, in its order', () => {
  assert.deepEqual(
    judgeTrial(seen()).map(({ item }) => item),
    Object.keys(deepItems),
  );
});

test('a server in good order passes all that belongs to its way', () => {
  assert.deepEqual(
    judgeTrial(seen()).filter(({ outcome }) => outcome !== 'pass'),
    [{ item: 'loading', outcome: 'not-tried', seen: 'not of this way' }],
  );
});

test('agentless, the module is loaded and nothing has to be refused', () => {
  const trial = seen({}, { loading: { ok: true, milliseconds: 389 }, script: null, unlisted: null });
  assert.deepEqual(
    judgeTrial(trial)
      .filter(({ outcome }) => outcome !== 'pass')
      .map(({ item }) => item),
    ['script', 'unlisted-command'],
  );
});

describe('differs', () => {
  const error = new RemoteError('remote.fault', {
    doing: 'reading wsus01',
    detail: 'fault 1',
    serverText: 'words',
    outcome: 'unknown',
  });
  const wsusSite = (changes: object) => ({
    ok: true as const,
    sites: [{ name: 'S', state: 'Started', ports: [8530], isWsus: true, applications: [], ...changes }],
  });
  const pool = { ok: true as const, name: 'WsusPool', state: 'Started', worker: null };
  const health = {
    ok: true as const,
    versionStatus: 200,
    getConfigStatus: 500,
    getConfigIsSoap: false,
    getConfigMilliseconds: 4,
  };
  const rows: readonly (readonly [DeepItemName, string, TrialSeen])[] = [
    ['winrm', 'a shell that is not deleted', seen({}, { deletion: { ok: false, error } })],
    [
      'protocol',
      'another version',
      seen({}, { opening: { ok: true, milliseconds: 1, receives: 1, protocolVersion: '2.1' } }),
    ],
    [
      'quiet-receive',
      'a Receive that brings something',
      seen({}, { silence: { ok: true, milliseconds: 1, isEmpty: false } }),
    ],
    ['script', 'a script that runs', seen({}, { script: { ok: true, isRefused: false, errorId: '' } })],
    [
      'unlisted-command',
      'another reason',
      seen({}, { unlisted: { ok: true, isRefused: true, errorId: 'SomethingElse' } }),
    ],
    ['report', 'no report', seen({}, { report: { ok: false, error } })],
    ['parts', 'a part that was not read', seen({ services: accessDenied })],
    ['module', 'another module', seen({ module: { ok: true, version: '0.9.0', sha256: 'ab'.repeat(32) } })],
    ['web-config', 'a file that is refused', seen({ file: filePart('0400') })],
    ['owner', 'another owner', seen({ file: { ...filePart('800'), owner: 'BUILTIN\\Administrators' } })],
    [
      'sddl',
      'users that may write',
      seen({ file: { ...filePart('800'), sddl: `${filePart('800').sddl}(A;;0x1301bf;;;BU)` } }),
    ],
    ['sddl', 'no full access', seen({ file: { ...filePart('800'), sddl: 'O:BAG:BAD:(A;;FA;;;BA)' } })],
    ['hard-links', 'a third name', seen({ file: { ...filePart('800'), hardLinks: 3 } })],
    ['iis', 'no process', seen({ pool })],
    ['iis', 'no port', seen({ sites: wsusSite({ ports: [] }) })],
    ['iis', 'no site of WSUS', seen({ sites: wsusSite({ isWsus: false }) })],
    ['get-config', 'HTML in place of SOAP', seen({ health })],
    [
      'certificate',
      'a certificate that is not accepted',
      seen({ health: { ok: false, code: 'certificate-not-accepted', reason: 'expired' } }),
    ],
    [
      'counters',
      'one counter missing',
      seen({ counters: { ok: true, maximumNonLeafUpdates: 1, maximumOtherCachedUpdates: null } }),
    ],
    ['susdb', 'no access', seen({ updates: accessDenied })],
    ['log', 'no access', seen({ log: accessDenied })],
    ['activity', 'a killed change', seen({ activity: { ok: true, running: null, interrupted } })],
    ['stop', 'a report that goes on', seen({}, { stop: { ok: true, how: 'completed', answersAfter: true } })],
    ['stop', 'a session that is lost', seen({}, { stop: { ok: true, how: 'stopped', answersAfter: false } })],
  ];
  for (const [item, what, trial] of rows) {
    test(`${item}: ${what}`, () => assert.equal(outcomeOf(item, trial), 'differs'));
  }

  test('clock: more than a minute', () => {
    const trial = seen();
    assert.ok(trial.report.ok);
    for (const clockDifference of [-60_001, 60_001])
      assert.equal(outcomeOf('clock', { ...trial, report: { ...trial.report, clockDifference } }), 'differs');
  });

  test('with the code and the words of an error', () => {
    assert.equal(
      itemOf('report', seen({}, { report: { ok: false, error } })).seen,
      'reading wsus01: the server answered with a fault (fault 1) (remote.fault); the answer: words',
    );
  });
});

test('without a report nothing is said of what it would hold', () => {
  const error = new RemoteError('remote.timed-out', { doing: 'reading', outcome: 'unknown' });
  const notTried = judgeTrial(seen({}, { report: { ok: false, error } })).filter(
    ({ outcome }) => outcome === 'not-tried',
  );
  assert.ok(notTried.length > 10);
  assert.ok(!notTried.some(({ item }) => item === 'stop' || item === 'script'));
});
