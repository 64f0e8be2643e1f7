import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { diagnose } from '../../../bot/diagnosis/diagnose.ts';
import { judge } from '../../../bot/diagnosis/verdict.ts';
import { type Report, reportSchema } from '../../../remote/contract.ts';
import { articleServer, clientLog, serverLine } from './samples.ts';

const unreadable = { ok: false as const, code: 'access-denied', reason: 'Access is denied.' };

function file(value: string, cached = '22000'): Report['file'] {
  const bytes = Buffer.from(
    `<configuration>\r\n  <appSettings>\r\n    <add key="maxInstalledPrerequisites" value="${value}"/>\r\n    <add key="maxCachedUpdates" value="${cached}"/>\r\n  </appSettings>\r\n</configuration>`,
  );
  return {
    ok: true,
    path: 'C:\\Program Files\\Update Services\\WebServices\\ClientWebService\\Web.config',
    bytes: bytes.toString('base64'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    owner: 'NT SERVICE\\TrustedInstaller',
    sddl: 'O:BAG:BAD:',
    attributes: 'Archive',
    hardLinks: 1,
    lastWriteAt: '2026-11-20T10:00:00.000Z',
  };
}

const quiet = {
  ok: true as const,
  path: 'C:\\SoftwareDistribution.log',
  lines: [],
  count: 0,
  clients: 0,
  firstSeenAt: null,
  lastSeenAt: null,
};
const seen = {
  ...quiet,
  count: 412,
  clients: 37,
  firstSeenAt: '2026-11-24T21:40:00.000Z',
  lastSeenAt: '2026-11-25T02:03:00.000Z',
};
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

function report(parts: Partial<Report> = {}): Report {
  return reportSchema.parse({
    readAt: '2026-11-25T02:14:00.000Z',
    computer: { ok: true, name: 'WSUS01', os: 'Windows Server 2022', powerShell: '5.1' },
    wsus: {
      ok: true,
      installed: true,
      version: '10.0.20348.1',
      targetDir: 'C:\\Program Files\\Update Services\\',
      port: 8530,
    },
    file: file('400'),
    services: { ok: true, services: [] },
    pool: pool('2026-11-21T10:00:00.000Z'),
    sites: { ok: true, sites: [] },
    health: health(),
    log: quiet,
    module: { ok: true, version: '0.1.0', sha256: '0'.repeat(64) },
    counters: { ok: false, code: 'not-asked', reason: 'not asked for' },
    updates: { ok: false, code: 'not-asked', reason: 'not asked for' },
    activity: { ok: true, running: null, interrupted: null },
    ...parts,
  });
}

describe('a limit below 800', () => {
  test('is too low: the default, with the refusals of the server’s log', () => {
    const verdict = judge(report({ log: seen }));
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
      const verdict = judge(report({ file: file(value) }));
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
    const verdict = judge(report({ log: unreadable }));
    assert.ok(verdict.kind === 'limit-too-low');
    assert.deepEqual(verdict.logUnread, { part: 'log', code: 'access-denied', reason: 'Access is denied.' });
  });

  test('has no second limit when that one is high enough or not there', () => {
    const high = judge(report({ file: file('400', '88000') }));
    assert.ok(high.kind === 'limit-too-low');
    assert.equal(high.second, null);
  });
});

describe('a limit of 800 and more', () => {
  const raised = file('800');

  test('is not active while the worker is older than the file', () => {
    const verdict = judge(report({ file: raised, pool: pool('2026-11-19T10:00:00.000Z'), log: seen }));
    assert.ok(verdict.kind === 'raised-not-active');
    assert.deepEqual(
      [verdict.workerStartedAt, verdict.fileWrittenAt, verdict.refusals?.count],
      ['2026-11-19T10:00:00.000Z', '2026-11-20T10:00:00.000Z', 412],
    );
  });

  test('still fails when clients were refused after the worker’s start', () => {
    const verdict = judge(report({ file: raised, log: seen }));
    assert.ok(verdict.kind === 'raised-still-failing');
    assert.equal(verdict.refusals.count, 412);
  });

  test('is healthy when the last refusal is older than the worker', () => {
    const verdict = judge(report({ file: raised, pool: pool('2026-11-25T02:04:00.000Z'), log: seen }));
    assert.ok(verdict.kind === 'healthy');
    assert.equal(verdict.refusals?.count, 412);
  });

  test('is healthy without refusals, and its target is never lower than what is set', () => {
    const verdict = judge(report({ file: file('1000') }));
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
      const verdict = judge(report({ file: raised, [part]: unreadable }));
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
    assert.deepEqual(judge(report({ wsus, file: unreadable })), { kind: 'not-wsus' });
  });

  for (const part of ['wsus', 'file'] as const) {
    test(`is unclear while the part ${part} cannot be read`, () => {
      const verdict = judge(report({ [part]: unreadable }));
      assert.deepEqual(verdict, {
        kind: 'unclear',
        unread: { part, code: 'access-denied', reason: 'Access is denied.' },
        limit: null,
      });
    });
  }

  test('whose file cannot be edited gets the reason', () => {
    const verdict = judge(report({ file: file('0400') }));
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
        report({ file: { ok: false, code, reason: 'in the server’s words' }, log: seen }),
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
