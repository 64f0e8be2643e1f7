import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diagnose } from '../../../bot/diagnosis/diagnose.ts';
import { judge } from '../../../bot/diagnosis/verdict.ts';
import type { Report } from '../../../remote/contract.ts';
import { accessDenied, filePart, refusedClients, reportWith } from '../sample-report.ts';
import { articleServer, clientLog, serverLine } from './samples.ts';

const pool = (startedAt: string | null, state = 'Started') => ({
  ok: true as const,
  name: 'WsusPool',
  state,
  worker: startedAt === null ? null : { pid: 380, startedAt },
});
const health = (getConfigStatus = 200, getConfigIsSoap = true) => ({
  ok: true as const,
  versionStatus: 200,
  getConfigStatus,
  getConfigIsSoap,
  getConfigMilliseconds: 800,
});

/** Of a server whose limit is the default. */
const report = (parts: Partial<Report> = {}) => reportWith({ file: filePart('400'), ...parts });

describe('a limit below 800', () => {
  test('is too low: the default, with the refusals of the server’s log', () => {
    const verdict = judge(report({ log: refusedClients }));
    assert.deepEqual(verdict, {
      kind: 'limit-too-low',
      limit: {
        key: 'maxInstalledPrerequisites',
        current: 400,
        target: 800,
        isDefault: true,
        line: 3,
        lineText: '    <add key="maxInstalledPrerequisites" value="400"/>',
      },
      cachedLimit: 22_000,
      second: {
        key: 'maxCachedUpdates',
        current: 22_000,
        target: 44_000,
        isDefault: true,
        line: 4,
        lineText: '    <add key="maxCachedUpdates" value="22000"/>',
      },
      refusals: {
        seenIn: 'server-log',
        count: 412,
        clients: 37,
        since: { iso: '2026-11-24T21:40:00.000Z', zone: 'utc' },
        last: { iso: '2026-11-25T02:03:00.000Z', zone: 'utc' },
      },
      logUnread: null,
    });
  });

  test('has no refusals when nobody saw one', () => {
    const verdict = judge(report());
    assert.ok(verdict.kind === 'limit-too-low');
    assert.deepEqual([verdict.refusals, verdict.logUnread], [null, null]);
  });

  for (const value of ['0', '200', '600', '799']) {
    test(`${value} is too low and not the default`, () => {
      const verdict = judge(report({ file: filePart(value) }));
      assert.ok(verdict.kind === 'limit-too-low');
      assert.deepEqual(
        [verdict.limit.current, verdict.limit.target, verdict.limit.isDefault],
        [Number(value), 800, false],
      );
    });
  }

  test('takes the refusals from a pasted text when the server’s log has none', () => {
    const verdict = judge(report(), diagnose(serverLine()));
    assert.ok(verdict.kind === 'limit-too-low');
    assert.deepEqual([verdict.refusals?.seenIn, verdict.refusals?.clients], ['pasted-text', 1]);
  });

  test('takes none from the article’s example, nor from the other limit', () => {
    for (const text of [articleServer, serverLine({ message: 'parameters.OtherCachedUpdateIDs' })]) {
      const verdict = judge(report(), diagnose(text));
      assert.ok(verdict.kind === 'limit-too-low');
      assert.equal(verdict.refusals, null);
    }
  });

  test('says that the log was not read', () => {
    const verdict = judge(report({ log: accessDenied }));
    assert.ok(verdict.kind === 'limit-too-low');
    assert.deepEqual(verdict.logUnread, { part: 'log', code: 'access-denied', reason: 'Access is denied.' });
  });

  test('has no second limit when that one is high enough or not there', () => {
    const high = judge(report({ file: filePart('400', '88000') }));
    assert.ok(high.kind === 'limit-too-low');
    assert.equal(high.second, null);
  });
});

describe('a limit of 800 and more', () => {
  const raised = filePart('800');

  test('is not active while the worker is older than the file', () => {
    const verdict = judge(
      report({ file: raised, pool: pool('2026-11-19T10:00:00.000Z'), log: refusedClients }),
    );
    assert.ok(verdict.kind === 'raised-not-active');
    assert.deepEqual(
      [verdict.workerStartedAt, verdict.fileWrittenAt, verdict.refusals?.count],
      ['2026-11-19T10:00:00.000Z', '2026-11-20T10:00:00.000Z', 412],
    );
  });

  test('still fails when clients were refused after the worker’s start', () => {
    const verdict = judge(report({ file: raised, log: refusedClients }));
    assert.ok(verdict.kind === 'raised-still-failing');
    assert.equal(verdict.refusals.count, 412);
  });

  test('is healthy when the last refusal is older than the worker', () => {
    const verdict = judge(
      report({ file: raised, pool: pool('2026-11-25T02:04:00.000Z'), log: refusedClients }),
    );
    assert.ok(verdict.kind === 'healthy');
    assert.equal(verdict.refusals?.count, 412);
  });

  test('is healthy without refusals, and its target is never lower than what is set', () => {
    const verdict = judge(report({ file: filePart('1000') }));
    assert.ok(verdict.kind === 'healthy');
    assert.deepEqual([verdict.limit.current, verdict.limit.target, verdict.refusals], [1000, 1000, null]);
  });

  test('is healthy when no worker runs: the next one reads this file', () => {
    const verdict = judge(report({ file: raised, pool: pool(null) }));
    assert.ok(verdict.kind === 'healthy');
    assert.equal(verdict.workerStartedAt, null);
  });

  test('does not hold a client’s local time against the worker’s start', () => {
    const verdict = judge(report({ file: raised }), diagnose(clientLog()));
    assert.ok(verdict.kind === 'healthy');
    assert.equal(verdict.refusals?.last?.zone, 'local');
  });

  test('still fails by a pasted line of the server in UTC', () => {
    assert.equal(judge(report({ file: raised }), diagnose(serverLine())).kind, 'raised-still-failing');
  });

  for (const [what, parts] of [
    ['its pool is stopped', { pool: pool(null, 'Stopped') }],
    ['it answers 503', { health: health(503, false) }],
    ['it answers with a web page', { health: health(200, false) }],
  ] as const) {
    test(`helps nobody while the service is down: ${what}`, () => {
      assert.equal(judge(report({ file: raised, ...parts })).kind, 'service-down');
    });
  }

  for (const part of ['pool', 'health', 'log'] as const) {
    test(`is unclear while the part ${part} cannot be read`, () => {
      const verdict = judge(report({ file: raised, [part]: accessDenied }));
      assert.ok(verdict.kind === 'unclear');
      assert.deepEqual(
        [verdict.unread.part, verdict.unread.code, verdict.limit?.current],
        [part, 'access-denied', 800],
      );
    });
  }
});

describe('a server', () => {
  test('without WSUS is not judged by its file', () => {
    const wsus = { ok: true as const, installed: false, version: null, targetDir: null, port: null };
    assert.deepEqual(judge(report({ wsus, file: accessDenied })), { kind: 'not-wsus' });
  });

  for (const part of ['wsus', 'file'] as const) {
    test(`is unclear while the part ${part} cannot be read`, () => {
      const verdict = judge(report({ [part]: accessDenied }));
      assert.deepEqual(verdict, {
        kind: 'unclear',
        unread: { part, code: 'access-denied', reason: 'Access is denied.' },
        limit: null,
      });
    });
  }

  test('whose file cannot be edited gets the reason', () => {
    const verdict = judge(report({ file: filePart('0400') }));
    assert.ok(verdict.kind === 'file-refused');
    assert.deepEqual(verdict.reason, {
      code: 'not-an-integer',
      text: 'the value is not a plain whole number',
      key: 'maxInstalledPrerequisites',
      line: 3,
    });
  });

  for (const [code, text] of [
    ['too-large', 'the file is larger than 1 MB'],
    ['not-a-plain-file', 'it is a link or a folder, not a plain file'],
  ] as const) {
    test(`whose file is ${code} is refused for what it is, though nothing of it was read`, () => {
      const verdict = judge(
        report({ file: { ok: false, code, reason: 'in the server’s words' }, log: refusedClients }),
      );
      assert.ok(verdict.kind === 'file-refused');
      assert.deepEqual([verdict.reason, verdict.refusals?.count], [{ code, text }, 412]);
    });
  }

  test('whose registry and IIS name two places is unclear, and for that reason', () => {
    const disagree = {
      ok: false as const,
      code: 'paths-disagree',
      reason: 'the registry names D:, IIS serves C:',
    };
    const verdict = judge(report({ file: disagree }));
    assert.ok(verdict.kind === 'unclear');
    assert.deepEqual([verdict.unread.part, verdict.unread.code], ['file', 'paths-disagree']);
  });
});
