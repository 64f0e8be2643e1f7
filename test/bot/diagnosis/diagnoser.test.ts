import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diagnose } from '../../../bot/diagnosis/diagnose.ts';
import { createDiagnoser } from '../../../bot/diagnosis/diagnoser.ts';
import type { Diagnosis } from '../../../bot/diagnosis/diagnosis.ts';
import { faults } from './many-faults.ts';
import { clientLog, serverLine } from './samples.ts';

/** Several texts read one after the other, as files are. */
function diagnoseTexts(...texts: readonly string[]): Diagnosis {
  const diagnoser = createDiagnoser();
  let number = 0;
  for (const [index, text] of texts.entries()) {
    if (index > 0) diagnoser.nextText();
    for (const line of text.split(/\r?\n/)) {
      number += 1;
      diagnoser.line({ line: number, text: line });
    }
  }
  return diagnoser.finish({ lines: number, bytes: 0, truncated: false });
}

const pad = (number: number, digits = 2): string => String(number).padStart(digits, '0');
const first = ({ findings: [finding] }: Diagnosis) => {
  assert.ok(finding, 'there is a finding');
  return finding;
};

describe('a diagnoser', () => {
  test('says of many faults how many, of how many clients, since when, in a few lines', () => {
    const finding = first(diagnose([...faults(3000, 10)].join('\n')));
    assert.deepEqual([finding.count, finding.clients, finding.clientIds.length], [3000, 3000, 1000]);
    assert.deepEqual([finding.evidence.length, finding.evidenceLines], [20, 3000]);
    assert.equal(finding.firstSeen?.iso, '2026-11-01T00:00:10.000Z');
    assert.equal(finding.lastSeen?.iso, '2026-11-01T08:20:00.000Z');
    assert.equal(
      finding.perHour?.reduce((sum, { count }) => sum + count, 0),
      3000,
    );
    assert.deepEqual(finding.capped, []);
  });

  test('keeps the last 240 hours of a timeline, and says so', () => {
    const text = [...faults(400, 3600)].join('\n');
    for (const log of [text, text.split('\n').toReversed().join('\n')]) {
      const finding = first(diagnose(log));
      assert.deepEqual([finding.perHour?.length, finding.capped], [240, ['hours']]);
      assert.equal(finding.perHour?.at(-1)?.count, 1);
      assert.equal(finding.count, 400);
    }
  });

  test('joins the server’s line with the client’s by the ID however far they stand apart', () => {
    const between = [...faults(600)].map((line) => line.replace(/ID=0a1b2c3d/, 'ID=ffffffff')).join('\n');
    const alone = first(diagnose(between));
    const log = `${clientLog()}\n${between}\n${serverLine({ id: 2, client: 7 })}`;
    const finding = first(diagnose(log));
    assert.equal(finding.count, alone.count + 1);
    assert.equal(finding.clients, alone.clients + 1);
  });

  test('does not join the end of one text with the beginning of the next', () => {
    const line = serverLine();
    const at = line.indexOf('Message=');
    assert.equal(diagnose(`${line.slice(0, at)}\n${line.slice(at)}`).verdict, 'kb4096317');
    assert.equal(diagnoseTexts(line.slice(0, at), line.slice(at)).verdict, 'not-enough-evidence');
  });

  test('joins the client’s log with the server’s when they are two texts', () => {
    const finding = first(diagnoseTexts(clientLog(), serverLine({ id: 2 })));
    assert.deepEqual([finding.count, finding.firstSeen?.zone], [1, 'utc']);
  });
});

describe('whom a fault meets', () => {
  const named = (...clients: readonly number[]) =>
    first(diagnose(clients.map((client, id) => serverLine({ id, client })).join('\n'))).advice;

  test('is one client when it alone is named again and again', () =>
    assert.equal(named(5, 5, 5), 'one-client'));
  test('is many when several are named', () => assert.equal(named(5, 6), 'many-clients'));
  test('is not known of one line', () => assert.equal(named(5), 'unknown'));
  test('is not known of a client’s log', () => assert.equal(first(diagnose(clientLog())).advice, 'unknown'));
});

describe('a restart of the web service', () => {
  const start = (time: string) =>
    `2026-11-24 ${time} UTC\tInfo\tw3wp.13\tClientImplementation..ctor\tInitializing ClientWebService ProcessID = 380, Process Start Time = 11/24/2026 10:44:06 PM, Product Version = 10.0.14393.2969`;

  test('after the last fault is told with its time', () => {
    const finding = first(diagnose(`${serverLine()}\n${start('22:00:00.000')}`));
    assert.equal(finding.signature, 'kb4096317');
    assert.equal(finding.restartedAt?.iso, '2026-11-24T22:00:00.000Z');
  });

  test('before it is not', () => {
    assert.equal(first(diagnose(`${start('21:00:00.000')}\n${serverLine()}`)).restartedAt, null);
  });
});

describe('the test products of KB 5121986', () => {
  const line = (code: string, minute: number, day = '2026-08-03') =>
    `${day}\t22:${pad(minute)}:12:073\t 880\t117c\tAgent\t  * WARNING: Failed to synchronize, error = 0x${code}`;
  const codes = ['80244010', '8024400E', '80244022', '80240439'];
  const log = (some: readonly string[], day?: string) =>
    some.map((code, index) => line(code, 15 * index, day)).join('\n');

  test('are named first when a line names one of them, and the edit is not proposed beside them', () => {
    const text = `Product Detectoid for ProductName TestProduct00017\n\n${serverLine()}`;
    const found = diagnose(text);
    assert.deepEqual(
      found.findings.map(({ signature, confidence }) => [signature, confidence]),
      [
        ['test-detectoid-flood', 'certain'],
        ['kb4096317', 'certain'],
      ],
    );
    assert.equal(found.mayPropose, false);
  });

  test('are named when a paste broke the line', () => {
    assert.equal(
      diagnose('x Product Detectoid for Product\nName TestProduct17').verdict,
      'test-detectoid-flood',
    );
  });

  test('are suspected when several of their codes stand side by side since July 2026', () => {
    const found = diagnose(log(codes));
    assert.deepEqual([found.verdict, first(found).confidence], ['test-detectoid-flood', 'weak']);
    assert.deepEqual(found.hresults.toSorted(), codes.toSorted());
  });

  test('are not suspected before Microsoft published them', () => {
    assert.notEqual(diagnose(log(codes, '2026-07-12')).verdict, 'test-detectoid-flood');
  });

  test('are not suspected for two codes', () => {
    assert.notEqual(diagnose(log(codes.slice(0, 2))).verdict, 'test-detectoid-flood');
  });

  test('do not come before a cause that a fault’s own words prove while they are only suspected', () => {
    const found = diagnose(`${log(codes)}\n${serverLine()}`);
    assert.deepEqual([found.verdict, found.mayPropose], ['kb4096317', true]);
    assert.equal(found.findings[1]?.signature, 'test-detectoid-flood');
  });

  test('are nothing that other products’ titles tell', () => {
    assert.equal(diagnose('Product Detectoid for ProductName Windows 11').verdict, 'no-fault');
  });
});

describe('SimpleAuth', () => {
  const full =
    '2026-11-24 21:40:12.345 UTC\tError\tw3wp.42\tSimpleAuthImplementation.GetAuthorizationCookie\tEventId=400,Type=Error,Category=WsusService,Message=DB has reached allowed max number of local computers';
  const brokenConstructor =
    '2026-11-24 21:40:12.345 UTC\tError\tw3wp.42\tSimpleAuthImplementation..ctor\tException in SimpleAuth constructor: System.IndexOutOfRangeException: Index was outside the bounds of the array.';
  const event507 =
    'Event 507, Windows Server Update Services: Update Services failed its initialization and stopped.';
  for (const [what, text, variant] of [
    ['a full table of computers', full, 'computer-table-full'],
    ['a constructor that fails', brokenConstructor, 'whole-server'],
    ['event 507', event507, 'whole-server'],
  ] as const) {
    test(`is told apart: ${what}`, () => {
      const found = diagnose(text);
      assert.equal(found.verdict, 'simple-auth-fault');
      assert.equal(first(found).variant, variant);
    });
  }

  test('is told apart when the fault’s detail stands beside the words', () => {
    const detail = serverLine({ message: '' })
      .replace('/ClientWebService/client.asmx', '/SimpleAuthWebService/SimpleAuth.asmx')
      .replace('InvalidParameters', 'InternalServerError');
    const finding = first(diagnose(`${full}\n${detail}`));
    assert.deepEqual([finding.variant, finding.count], ['computer-table-full', 1]);
  });

  test('keeps the time of a line that holds no code', () => {
    assert.equal(first(diagnose(full)).firstSeen?.iso, '2026-11-24T21:40:12.345Z');
  });
});

describe('an exception in the server’s log', () => {
  const exception = (method: string, type: string) =>
    `2026-11-24 21:40:12.345 UTC\tError\tw3wp.9\t${method}\t${type}: Item has already been added.\n   at System.Collections.Hashtable.Insert(Object key)`;
  const verdict = (text: string) => diagnose(text).verdict;

  test('of SyncUpdates is a fault of the server', () => {
    const found = diagnose(exception('ClientImplementation.SyncUpdates', 'System.ArgumentException'));
    assert.deepEqual(
      [found.verdict, first(found).confidence, first(found).count],
      ['server-fault', 'likely', 1],
    );
  });

  test('of SimpleAuth is one of SimpleAuth', () => {
    const text = exception(
      'SimpleAuthImplementation.GetAuthorizationCookie',
      'System.Data.SqlClient.SqlException',
    );
    assert.equal(verdict(text), 'simple-auth-fault');
  });

  test('of a request that a recycle stopped is none', () => {
    const text = exception('ClientImplementation.SyncUpdates', 'System.Threading.ThreadAbortException');
    assert.equal(verdict(text), 'no-fault');
  });

  test('of another class is none', () => {
    assert.equal(verdict(exception('ServerImplementation.Get', 'System.ArgumentException')), 'no-fault');
  });
});

describe('causes that explain each other', () => {
  const lines = (...codes: readonly string[]) => codes.map((code) => `error 0x${code}`).join('\n\n');
  const order = (text: string) => diagnose(text).findings.map(({ signature }) => signature);

  test('a service that is off comes before the timeouts it brings', () => {
    assert.deepEqual(order(lines('80072EE2', '80072EE2', '80244022')), ['80244022', '80072EE2']);
  });

  test('a certificate comes before the connections it breaks', () => {
    assert.deepEqual(order(lines('80072F8F', '80072EFE', '800B0109')), ['800B0109', '80072F8F', '80072EFE']);
  });

  test('among codes that explain none of the others the more frequent comes first', () => {
    assert.deepEqual(order(`${lines('80244019', '80244010')}\n${'x\n'.repeat(100)}${lines('80244010')}`), [
      '80244010',
      '80244019',
    ]);
  });
});

describe('what to send', () => {
  const trace =
    '2026/11/24 22:40:12.0731234 1224  7052  ProtocolTalker  *FAILED* [80244007] SyncUpdates_WithRecovery failed';
  const plain =
    '2026-11-24\t22:40:12:073\t 880\t117c\tPT\tWARNING: SyncUpdates_WithRecovery failed.: 0x80244007';
  const clientCommand = (text: string) =>
    diagnose(text)
      .askFor.find(({ id }) => id === 'client-log')
      ?.command.join(' ') ?? '';

  test('is a file that Get-WindowsUpdateLog makes where the agent writes traces', () => {
    assert.match(clientCommand(trace), /Get-WindowsUpdateLog/);
    assert.match(clientCommand('Windows 11: 80244007'), /Get-WindowsUpdateLog/);
  });

  test('is the plain file where the agent writes text', () => {
    assert.doesNotMatch(clientCommand(plain), /Get-WindowsUpdateLog/);
    assert.match(clientCommand(plain), /windir\\WindowsUpdate\.log/);
    assert.doesNotMatch(clientCommand('Windows 7: 80244007'), /Get-WindowsUpdateLog/);
  });

  test('is said for both when nothing tells which Windows it is', () => {
    const [, client] = diagnose('80244007').askFor;
    assert.match(client?.what ?? '', /Windows 10.*Windows 7/s);
  });

  test('finds the server’s log by the folder in the registry', () => {
    assert.match(diagnose('80244007').askFor[0]?.command.join(' ') ?? '', /TargetDir/);
  });

  test('knows Microsoft’s general page by the key it names', () => {
    const page = '80244007 SyncUpdates_WithRecovery failed: change maxInstalledPrerequisites from 400 to 800';
    const found = diagnose(page);
    assert.deepEqual(
      [found.verdict, found.quotesGeneralPage, found.mayPropose],
      ['not-enough-evidence', true, false],
    );
    assert.equal(diagnose('80244007').quotesGeneralPage, false);
    assert.equal(diagnose(`${page}\n\n${serverLine()}`).quotesGeneralPage, false);
  });
});

describe('codes that nobody knows', () => {
  test('are not enough evidence, and are not called 80244007', () => {
    const finding = first(diagnose('error 0x8024ABCD'));
    assert.deepEqual([finding.signature, finding.variant], ['not-enough-evidence', 'unknown-code']);
  });

  test('are nothing beside a scan that ended well, nor when they mean that nothing was to do', () => {
    const noise =
      '2026/11/24 22:00:12.0731234 1224  7052  Misc            *FAILED* [8024000C] LoadHistoryEventFromRegistry completed';
    assert.deepEqual([diagnose(noise).verdict, diagnose(noise).hresults], ['no-fault', []]);
  });
});
