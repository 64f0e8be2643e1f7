import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { diagnose, diagnoseLines } from '../../../bot/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../bot/diagnosis/diagnosis.ts';
import type { SignatureId } from '../../../bot/diagnosis/signature.ts';
import {
  articleClient,
  articleServer,
  clientLog,
  detail,
  reportingEvent,
  serverLine,
  simpleAuth,
  upstream,
  wuaHandler,
} from './samples.ts';

const nonLeaf = 'parameters.InstalledNonLeafUpdateIDs';
const otherCached = 'parameters.OtherCachedUpdateIDs';

function first(diagnosis: Diagnosis) {
  const [finding] = diagnosis.findings;
  assert.ok(finding, 'there is a finding');
  return finding;
}

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const wrap = (text: string, columns: number) => text.replace(new RegExp(`(.{${columns}})`, 'g'), '$1\n');

const kb: readonly (readonly [string, string])[] = [
  ['the article’s client lines', articleClient],
  [
    'the article’s client lines without the Markdown backslash',
    articleClient.replace('FAILED\\*', 'FAILED*'),
  ],
  ['the article’s first client line alone', articleClient.split('\n')[0] ?? ''],
  ['the article’s server line', articleServer],
  ['a server line with tabs', serverLine()],
  ['a server line with blanks', serverLine().replaceAll('\t', ' ')],
  ['a server line as Select-String prints it', `SoftwareDistribution.log:18204:${serverLine()}`],
  ['a server line that a console broke at 80 columns', wrap(serverLine(), 80)],
  ['a server line broken in the middle of every word', wrap(serverLine(), 7)],
  ['a client log with tabs', clientLog()],
  ['a client log with blanks', clientLog().replaceAll('\t', ' ')],
  ['a client log with the detail alone', detail(nonLeaf)],
  ['the second rendering alone', clientLog().split('\r\n')[5] ?? ''],
  ['a detail escaped as HTML', escapeHtml(detail(nonLeaf))],
  ['a detail escaped twice', escapeHtml(escapeHtml(detail(nonLeaf)))],
  ['a detail whose tags a chat took away', detail(nonLeaf).replaceAll(/<[^>]*>/g, '')],
  ['a detail whose tags became blanks', detail(nonLeaf).replaceAll(/<[^>]*>/g, ' ')],
  ['the article’s client line without tags', articleClient.replaceAll(/<[^>]*>/g, '')],
  ['typographic quotes', detail(nonLeaf).replaceAll('"', '”')],
  ['non-breaking blanks', articleServer.replaceAll(' ', '\u00A0')],
  ['zero-width characters between letters', articleServer.replace('Installed', 'Installed\u200B')],
  ['full-width letters', articleServer.replace('InvalidParameters', 'ＩnvalidParameters')],
  ['a quoted mail', articleClient.replaceAll(/^/gm, '> ')],
  ['a code fence', `\`\`\`\n${articleServer}\n\`\`\``],
  ['other letters in upper and lower case', articleServer.replace(nonLeaf, nonLeaf.toUpperCase())],
  [
    'the fields of an old agent, one a line',
    [
      'faultstring: Fault occurred',
      'ErrorCode:InvalidParameters(7)',
      `Message:${nonLeaf}`,
      'Method:"http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService/SyncUpdates"',
    ]
      .map((text) => `2010-01-05\t18:52:06:762\t 808\taac\tPT\tWARNING: ${text}`)
      .join('\n'),
  ],
  ['words around it', `Hi, our clients fail since Monday. The log says ${articleServer} and I am lost.`],
  ['bold in a line', serverLine().replace('Error', '**bold** [Approve](https://evil.example)')],
];

describe('KB 4096317', () => {
  for (const [what, text] of kb) {
    test(`is named for ${what}`, () => {
      const found = diagnose(text);
      assert.equal(found.verdict, 'kb4096317');
      assert.equal(found.mayPropose, true);
      assert.equal(first(found).confidence, 'certain');
    });
  }

  const not: readonly (readonly [string, SignatureId, string])[] = [
    ['the other limit, server', 'other-cached-update-ids', serverLine({ message: otherCached })],
    ['the other limit, client', 'other-cached-update-ids', clientLog(otherCached)],
    [
      'another parameter',
      'other-invalid-parameters',
      serverLine({ message: 'parameters.requestedCategories' }),
    ],
    ['a longer name', 'other-invalid-parameters', serverLine({ message: `${nonLeaf}Extra` })],
    [
      'another service',
      'other-invalid-parameters',
      serverLine().replace('/ClientWebService/client.asmx', '/DssAuthWebService/DssAuthWebService.asmx'),
    ],
    [
      'Microsoft’s own service',
      'other-invalid-parameters',
      clientLog().replace('http://wsus01.corp.example:8530/', 'https://fe2cr.update.microsoft.com/v6/'),
    ],
    [
      'another method of the service, in the server’s log',
      'other-invalid-parameters',
      `${serverLine()}, Method="http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService/StartCategoryScan"`,
    ],
    ['another ErrorCode', 'server-fault', serverLine().replace('InvalidParameters', 'InternalServerError')],
    ['SimpleAuth', 'simple-auth-fault', simpleAuth],
    ['the upstream side', 'upstream-sync', upstream],
    [
      'the upstream side with this message',
      'upstream-sync',
      `${upstream}${nonLeaf}`.replace('InternalServerError', 'InvalidParameters'),
    ],
    [
      'a fault that heals itself',
      'self-healing-fault',
      serverLine({ message: '' }).replace('InvalidParameters', 'InvalidCookie'),
    ],
    ['no service', 'not-enough-evidence', `ErrorCode=InvalidParameters, Message=${nonLeaf}`],
    ['a message that is cut', 'not-enough-evidence', serverLine({ message: 'parameters.InstalledNon' })],
    ['no message', 'not-enough-evidence', serverLine({ message: '' })],
    [
      'no ErrorCode',
      'not-enough-evidence',
      `Message=${nonLeaf}, actor = http://wsus01:8530/ClientWebService/client.asmx`,
    ],
    ['the number alone', 'not-enough-evidence', '80244007'],
    [
      'the second line of the article alone',
      'not-enough-evidence',
      '*FAILED\\* [80244007] SyncUpdates_WithRecovery failed',
    ],
    ['ConfigMgr’s log', 'not-enough-evidence', wuaHandler],
    ['ReportingEvents.log', 'not-enough-evidence', reportingEvent],
    ['a PowerShell error', 'not-enough-evidence', 'Exception from HRESULT: 0x80244007'],
    ['an event', 'not-enough-evidence', 'Windows Update failed to check for updates with error 0x80244007.'],
    ['a question about the key', 'no-fault', 'Should I raise maxInstalledPrerequisites to 800?'],
    ['the KB’s number', 'no-fault', 'What is KB 4096317?'],
    ['small talk', 'no-fault', 'Good morning! How are you?'],
    ['nothing', 'no-fault', ''],
    ['the digits in a GUID', 'no-fault', 'Update 80244007-1234-4abc-8def-0123456789ab installed'],
    ['the digits in a longer number', 'no-fault', 'Order 180244007, parcel 802440071'],
    ['a number one digit off', 'not-enough-evidence', '0x80242007'],
  ];
  for (const [what, verdict, text] of not) {
    test(`is not named for ${what}: ${verdict}`, () => {
      const found = diagnose(text);
      assert.equal(found.verdict, verdict);
      assert.equal(found.mayPropose, false);
    });
  }

  test('does not take message and service from two faults on two threads', () => {
    const cut = serverLine({ thread: 3 }).replace(/actor = [^,]*, /, '');
    const other = serverLine({ thread: 4, id: 5, message: 'parameters.locales' });
    for (const text of [`${cut}\n${other}`, `${other}\n${cut}`]) {
      assert.ok(diagnose(text).findings.every(({ signature }) => signature !== 'kb4096317'));
    }
  });
});

describe('the article’s own example', () => {
  for (const text of [articleClient, articleServer, `${articleClient}\n\n${articleServer}`]) {
    test(`proves nothing about a server: ${text.slice(0, 20)}…`, () => {
      const found = diagnose(text);
      assert.equal(found.isExample, true);
      assert.deepEqual(first(found).servers, []);
      assert.equal(first(found).clients, 0);
    });
  }

  test('is no example any more beside a real line', () => {
    const found = diagnose(`${articleServer}\n${serverLine()}`);
    assert.equal(found.isExample, false);
    assert.deepEqual(
      first(found).servers.map(({ host }) => host),
      ['wsus01.corp.example'],
    );
  });

  test('is none when somebody only took out the ID', () => {
    assert.equal(diagnose(articleServer.replace('WSUSServerName', 'wsus01')).isExample, false);
  });
});

describe('a finding', () => {
  test('counts one failure once, however often the log tells it', () => {
    const finding = first(diagnose(clientLog()));
    assert.equal(finding.count, 1);
    assert.deepEqual(finding.servers, [
      { host: 'wsus01.corp.example', url: 'http://wsus01.corp.example:8530/ClientWebService/client.asmx' },
    ]);
    assert.deepEqual(finding.firstSeen, { iso: '2026-11-24T22:40:12.073', zone: 'local' });
  });

  test('joins client and server by the ID of the fault and keeps the time in UTC', () => {
    const finding = first(diagnose(`${clientLog()}\r\n${serverLine({ id: 2 })}`));
    assert.equal(finding.count, 1);
    assert.equal(finding.clients, 1);
    assert.deepEqual(finding.firstSeen, { iso: '2026-11-24T21:40:12.345Z', zone: 'utc' });
    assert.deepEqual(
      finding.evidence.slice(0, 2).map(({ source }) => source),
      ['WindowsUpdate.log', 'SoftwareDistribution.log'],
    );
  });

  test('counts clients, servers and hours', () => {
    const text = [
      serverLine({ time: '2026-11-24 21:40:00.000', id: 1, client: 1 }),
      serverLine({ time: '2026-11-24 21:50:00.000', id: 2, client: 2 }),
      serverLine({ time: '2026-11-24 23:59:00.000', id: 3, client: 1, host: 'WSUS02' }),
    ].join('\n');
    const finding = first(diagnose(text));
    assert.equal(finding.count, 3);
    assert.equal(finding.clients, 2);
    assert.deepEqual(
      finding.servers.map(({ host }) => host),
      ['wsus01.corp.example', 'wsus02'],
    );
    assert.equal(finding.lastSeen?.iso, '2026-11-24T23:59:00.000Z');
    assert.deepEqual(
      finding.perHour?.map(({ hour, count }) => [hour.iso, count]),
      [
        ['2026-11-24T21:00:00.000Z', 2],
        ['2026-11-24T22:00:00.000Z', 0],
        ['2026-11-24T23:00:00.000Z', 1],
      ],
    );
  });

  test('has no timeline within one hour', () => {
    assert.equal(first(diagnose(serverLine())).perHour, undefined);
  });

  test('finds the last fault by its time, not by its place', () => {
    const text = [
      serverLine({ time: '2026-11-25 02:03:00.000', id: 1 }),
      serverLine({ time: '2026-11-24 21:40:00.000', id: 2 }),
    ].join('\n');
    assert.equal(first(diagnose(text)).lastSeen?.iso, '2026-11-25T02:03:00.000Z');
  });

  test('shows lines as they came, numbered, Markdown and all', () => {
    const line = serverLine().replace('Error', '[Approve](https://evil.example) **bold** &amp; <b>');
    const finding = first(diagnose(`hello\r\n\r\n${line}\r\n`));
    assert.deepEqual(finding.evidence, [{ line: 3, text: line, source: 'SoftwareDistribution.log' }]);
  });

  test('shows every line of a broken one', () => {
    const finding = first(diagnose(wrap(serverLine(), 80)));
    assert.deepEqual(
      finding.evidence.map(({ line }) => line),
      [1, 2, 3, 4],
    );
  });

  test('shows at most 20 lines and says how many there are', () => {
    const text = Array.from({ length: 50 }, (_, index) => serverLine({ id: index })).join('\n');
    const finding = first(diagnose(text));
    assert.deepEqual([finding.evidence.length, finding.evidenceLines, finding.count], [20, 50, 50]);
  });

  test('leaves stack frames out', () => {
    const text = `${serverLine()}\n   at Microsoft.UpdateServices.Internal.SoapUtilities.ThrowException(ErrorCode errorCode, String message)\n`;
    assert.equal(first(diagnose(text)).evidenceLines, 1);
  });
});

describe('several findings', () => {
  test('begin with the one that explains the others', () => {
    const text = [
      'WARNING: error 0x80244010',
      serverLine(),
      serverLine({ id: 7, message: otherCached }),
      '80072EE2',
    ].join('\n\n');
    assert.deepEqual(
      diagnose(text).findings.map(({ signature }) => signature),
      ['kb4096317', 'other-cached-update-ids', '80244010', '80072EE2'],
    );
  });

  test('do not hold the bare number against a cause that explains it', () => {
    const found = diagnose(`${wuaHandler}\n${serverLine()}`);
    assert.deepEqual(
      found.findings.map(({ signature }) => signature),
      ['kb4096317'],
    );
    assert.equal(first(found).count, 1);
    assert.equal(first(found).evidenceLines, 2);
    assert.deepEqual(found.hresults, ['80244007']);
  });

  test('keep the bare number beside a code that does not explain it', () => {
    const found = diagnose('80244007\n\n80244010');
    assert.deepEqual(
      found.findings.map(({ signature }) => signature),
      ['not-enough-evidence', '80244010'],
    );
  });
});

describe('neighbouring codes', () => {
  const codes = [
    '8024401C',
    '80244010',
    '80244022',
    '80244018',
    '80244017',
    '80244019',
    '8024400E',
    '8024400D',
    '80244008',
    '8024400A',
    '80072EE2',
    '80072EE7',
    '80072EFD',
    '80072EFE',
    '80072F8F',
    '8024002E',
    '80240438',
    '80240439',
    '8024402C',
    '8024401B',
    '80244021',
    '8024401F',
    '80244011',
    '800710DD',
    '80190193',
    '800B0109',
    '800B0101',
  ] as const;
  for (const code of codes) {
    test(`${code} has an answer of its own`, () => {
      const found = diagnose(
        `2018-10-04 16:10:29:042 282 2a2b2 Agent WARNING: WU client failed Searching for update with error 0x${code.toLowerCase()}`,
      );
      assert.equal(found.verdict, code);
      assert.deepEqual(found.hresults, [code]);
      assert.equal(found.mayPropose, false);
    });
  }

  test('an old agent’s 8024400E belongs to the detail before it', () => {
    const text = `${detail(nonLeaf)}\nSyncUpdates failure, error = 0x8024400E`;
    const found = diagnose(text);
    assert.deepEqual([found.verdict, found.hresults], ['kb4096317', ['8024400E']]);
  });
});

describe('what to send', () => {
  test('is both logs, with the commands, for the number alone', () => {
    const asks = diagnose('80244007').askFor;
    assert.deepEqual(
      asks.map(({ file }) => file),
      ['SoftwareDistribution.log', 'WindowsUpdate.log'],
    );
    assert.ok(asks.every(({ command }) => command.length > 0));
  });

  test('is the whole line for one that was cut', () => {
    const [ask] = diagnose(serverLine({ message: '' })).askFor;
    assert.deepEqual([ask?.id, ask?.file], ['whole-line', 'SoftwareDistribution.log']);
  });

  test('is nothing once the cause is known', () => {
    assert.deepEqual(diagnose(serverLine()).askFor, []);
  });
});

describe('a text', () => {
  test('is measured in lines and UTF-8 bytes', () => {
    const found = diagnose('ä\r\nb\n');
    assert.deepEqual([found.lines, found.bytes, found.truncated], [2, 6, false]);
  });

  test('is read up to the cap', () => {
    const text = `${' '.repeat(50)}\n${serverLine()}`;
    const found = diagnose(text, { cap: 50 });
    assert.deepEqual(
      [found.verdict, found.truncated, found.bytes],
      ['no-fault', true, Buffer.byteLength(text)],
    );
  });

  test('takes the log’s name from its caller when its lines do not tell', () => {
    const found = diagnose('error 0x80244010', { source: 'WUAHandler.log' });
    assert.equal(first(found).evidence[0]?.source, 'WUAHandler.log');
  });

  test('given as numbered lines keeps their numbers', () => {
    const found = diagnoseLines([{ line: 18_204, text: serverLine() }], {
      source: 'SoftwareDistribution.log',
    });
    assert.equal(first(found).evidence[0]?.line, 18_204);
  });

  const hostile = [
    '<',
    '"',
    '> ',
    '\\',
    '&amp;',
    '8',
    '$$<',
    'Message=',
    'ErrorCode=',
    '<ErrorCode ',
    "message='",
    'InvalidParameters ',
    '80244007-',
    '0x80244007 ',
    'a.log:',
    'http://',
    'ThrowException ',
    ']LOG]!><time="',
    'Message=\n',
    '80244007\n',
    'x\n',
    '\t',
    '1 ',
  ];
  test('of 200 KB made of one piece is read to its end', () => {
    for (const piece of hostile) {
      const found = diagnose(piece.repeat(200_000 / piece.length));
      assert.equal(found.mayPropose, false, piece);
    }
  });

  test('of any kind never throws and never proposes', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '\n',
        '\t',
        '<detail>',
        '<ErrorCode>',
        'InvalidParameters',
        '</ErrorCode>',
        'Message=',
        otherCached,
        'parameters.',
        '80244007',
        '2026-11-24 21:40:12.345 UTC',
        'ThrowException: ',
        'actor = http://wsus01:8530/ClientWebService/client.asmx, ',
        'ID=GUID',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        assert.equal(diagnose(pieces.join('')).mayPropose, false);
      }),
      { numRuns: 2000 },
    );
  });

  test('cut anywhere is KB 4096317, or not enough, or nothing: never another cause', () => {
    for (const text of [articleClient, articleServer, serverLine(), clientLog()]) {
      for (let end = 0; end <= text.length; end += 1) {
        const { verdict } = diagnose(text.slice(0, end));
        assert.ok(['kb4096317', 'not-enough-evidence', 'no-fault'].includes(verdict), `${verdict} at ${end}`);
      }
    }
  });

  test('keeps KB 4096317 however it is wrapped, escaped and quoted', () => {
    const samples = fc.constantFrom(articleServer, serverLine(), detail(nonLeaf), articleClient);
    fc.assert(
      fc.property(
        samples,
        fc.integer({ min: 8, max: 200 }),
        fc.nat(2),
        fc.boolean(),
        (text, columns, escapes, quoted) => {
          let mangled = wrap(text, columns);
          for (let time = 0; time < escapes; time += 1) mangled = escapeHtml(mangled);
          if (quoted) mangled = mangled.replaceAll(/^/gm, '> ');
          assert.equal(diagnose(mangled).verdict, 'kb4096317');
        },
      ),
    );
  });

  test('of other causes never becomes KB 4096317, however lines are mixed', () => {
    const lines = [
      ...clientLog(otherCached).split('\r\n'),
      ...simpleAuth.split('\n'),
      serverLine({ message: otherCached, id: 40 }),
      serverLine({ message: 'parameters.locales', id: 41 }),
      upstream,
      wuaHandler,
      reportingEvent,
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(lines), fc.integer({ min: 20, max: 400 }), (some, columns) => {
        const found = diagnose(wrap(some.join('\n'), columns));
        assert.ok(found.findings.every(({ signature }) => signature !== 'kb4096317'));
      }),
      { numRuns: 300 },
    );
  });
});
