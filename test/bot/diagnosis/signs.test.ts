import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { observe } from './observe.ts';
import { serverLine } from './samples.ts';

const kinds = (text: string) => observe(text).map(({ kind }) => kind);
const legacy = (time: string, text: string, component = 'Agent') =>
  `2026-11-24\t${time}\t 880\t117c\t${component}\t${text}`;
const found =
  '  * Found 0 updates and 80 categories in search; evaluated appl. rules of 1187 out of 1894 deployed entities';

function hostsOfScans(text: string): (string | null)[] {
  return observe(text).flatMap((seen) => (seen.kind === 'scan-succeeded' ? [seen.host] : []));
}

describe('a scan that ended well', () => {
  for (const [what, text] of [
    ['an old agent', legacy('22:40:12:073', found)],
    [
      'a newer agent',
      '2026/11/24 22:40:12.0731234 1224  7052  Agent           * END * Finding updates CallerId = UpdateOrchestrator  Id = 12, Exit code = 0x00000000 (cV = x)',
    ],
    [
      'ReportingEvents.log',
      '{0A1B2C3D-0000-4000-8000-00000000000A}\t2026-11-24 22:40:12:345+0100\t1\t147 [AGENT_DETECTION_FINISHED]\t101\t{0}\t0\t0\tAutomaticUpdates\tSuccess\tSoftware Synchronization\tWindows Update Client successfully detected 2 updates.',
    ],
    [
      'ConfigMgr',
      '<![LOG[Successfully completed scan.]LOG]!><time="02:05:04.567-60" date="11-25-2026" component="WUAHandler" context="" type="1" thread="4711" file="x">',
    ],
    ['an event', 'Windows Update successfully found 3 updates.'],
  ] as const) {
    test(`is told by ${what}`, () => assert.deepEqual(kinds(text), ['scan-succeeded']));
  }

  for (const [what, text] of [
    ['a scan that failed', legacy('22:40:12:073', '  * WARNING: Exit code = 0x8024FFFF')],
    [
      'the end of a scan that does not say how',
      legacy('22:40:12:073', '** END **  Agent: Finding updates [CallerId = x]'),
    ],
    [
      'a download',
      '2026/11/24 22:40:12.0731234 1224  7052  Agent  * END * Downloading updates CallerId = x, Exit code = 0x00000000',
    ],
  ] as const) {
    test(`is not told by ${what}`, () => assert.ok(!kinds(text).includes('scan-succeeded')));
  }

  test('is against the server that the log named before it', () => {
    const text = [
      legacy('22:40:12:073', '  * WSUS server: http://wsus02.corp.example:8530', 'Misc'),
      legacy('22:40:13:073', found),
    ].join('\n');
    assert.deepEqual(hostsOfScans(text), ['wsus02.corp.example']);
  });

  test('is against the server below it in a log that begins with its newest entry', () => {
    const text = [
      legacy('22:40:13:073', found),
      legacy('22:40:12:073', '  * WSUS server: http://wsus02:8530', 'Misc'),
      legacy('15:40:13:073', found),
      legacy('15:40:12:073', '  * WSUS server: http://wsus01:8530', 'Misc'),
    ].join('\n');
    assert.deepEqual(hostsOfScans(text), ['wsus02', 'wsus01']);
  });

  test('is not against a server that is named later', () => {
    const text = [
      legacy('22:40:12:073', found),
      legacy('22:50:12:073', '  * WSUS server: http://wsus02:8530', 'Misc'),
    ].join('\n');
    assert.deepEqual(hostsOfScans(text), [null]);
  });

  test('against Microsoft’s own service is none', () => {
    const service = (id: string) => legacy('22:40:11:000', `  * ServiceID = {${id}} x`);
    const online = service('9482F4B4-E343-43B6-B170-9A65BC822C77');
    const managed = service('3DA21691-E39D-4DA6-8A4B-B43877BCB1B7');
    const ended = legacy('22:40:12:073', found);
    assert.deepEqual(kinds([online, ended].join('\n')), []);
    assert.deepEqual(kinds([managed, ended].join('\n')), ['scan-succeeded']);
    const server =
      'Got WSUS Client/Server URL: "https://fe2.update.microsoft.com/v6/ClientWebService/client.asmx"';
    assert.deepEqual(kinds([legacy('22:40:11:000', server, 'EP'), ended].join('\n')), []);
  });
});

test('a start of the web service is told with its version', () => {
  const text =
    '2020-05-22 14:44:07.030 UTC\tInfo\tw3wp.13\tClientImplementation..ctor\tInitializing ClientWebService ProcessID = 380, Process Start Time = 5/22/2020 10:44:06 AM, Product Version = 10.0.14393.2969';
  const [seen, ...others] = observe(text);
  assert.ok(seen?.kind === 'service-started');
  assert.deepEqual(
    [seen.time, seen.productVersion, seen.line.line, others],
    [{ iso: '2020-05-22T14:44:07.030Z', zone: 'utc' }, '10.0.14393.2969', 1, []],
  );
});

test('a start of another service is none', () => {
  const text =
    '2020-05-22 14:44:07.030 UTC\tInfo\tw3wp.13\tServerImplementation..ctor\tInitializing ServerWebService';
  assert.deepEqual(kinds(text), []);
});

test('a trace that could not be decoded is told, line by line', () => {
  const line =
    '1600/12/31 19:00:00.0000000 14844 12512                 Unknown( 10): GUID=638e22b1-a858-3f40-8a43-af2c2ff651a4 (No Format Information found).';
  assert.deepEqual(kinds(`${line}\n${line}`), ['undecoded', 'undecoded']);
});

test('everything is told in the order of the text', () => {
  const text = [
    serverLine({ id: 1 }),
    '2026-11-24 21:50:00.000 UTC\tInfo\tw3wp.13\tClientImplementation..ctor\tInitializing ClientWebService',
    serverLine({ id: 2 }),
  ].join('\n');
  assert.deepEqual(kinds(text), ['fault', 'service-started', 'fault']);
});

describe('a request in an IIS log', () => {
  const fields =
    '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken';
  const line = (status: string, path = '/ClientWebService/client.asmx') =>
    `2026-11-24 21:40:12 10.0.0.5 POST ${path} - 8530 - 10.0.1.17 Windows-Update-Agent/10.0.10011.16384+Client-Protocol/2.70 - ${status} 31`;

  function requestIn(text: string) {
    const [seen, ...others] = observe(text);
    assert.deepEqual(others, []);
    if (seen === undefined) return undefined;
    assert.ok(seen.kind === 'request');
    return [seen.method, seen.path, seen.status, seen.subStatus, seen.client, seen.time?.iso];
  }

  const expected = ['POST', '/ClientWebService/client.asmx', 500, 0, '10.0.1.17', '2026-11-24T21:40:12.000Z'];
  for (const [what, text] of [
    ['with its fields', `${fields}\n${line('500 0 0')}`],
    ['without them', line('500 0 0')],
    [
      'with fewer of them',
      `${fields.replace(' cs(Referer)', '')}\n${line('500 0 0').replace(' - 500', ' 500')}`,
    ],
    ['with more of them', line('500 0 0').replace('10.0.0.5', 'W3SVC1 WSUS01 10.0.0.5')],
    ['with tabs', line('500 0 0').replaceAll(' ', '\t')],
  ] as const) {
    test(`is read ${what}`, () => assert.deepEqual(requestIn(text), expected));
  }

  test('of HTTP.sys is read with its status', () => {
    const text =
      '2026-11-24 21:40:12 10.0.1.17 51234 10.0.0.5 8530 HTTP/1.1 POST /ClientWebService/client.asmx - 503 1234567 QueueFull WsusPool';
    assert.deepEqual(requestIn(text)?.slice(2, 5), [503, null, '10.0.1.17']);
  });

  for (const [what, text] of [
    ['that went well', line('200 0 0')],
    ['to something else', line('500 0 0', '/owa/auth.asmx')],
    ['whose Win32 status looks like a code', line('200 0 2149859335')],
  ] as const) {
    test(`is not told when it is one ${what}`, () => assert.deepEqual(observe(text), []));
  }
});
