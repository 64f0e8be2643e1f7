import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { faultsIn } from './observe.ts';
import { detail, serverLine } from './samples.ts';

const method = 'http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService/SyncUpdates';
const actor = 'http://wsus01.corp.example:8530/ClientWebService/client.asmx';
const nonLeaf = 'parameters.InstalledNonLeafUpdateIDs';
const guid = '0a1b2c3d-0000-4000-8000-000000000002';

/** What decides: ErrorCode, Message, and the call it came from. */
function tripleIn(text: string): unknown[] {
  const faults = faultsIn(text);
  assert.equal(faults.length, 1, `${faults.length} faults`);
  const [fault] = faults;
  return [fault?.errorCode, fault?.message, fault?.method ?? fault?.actor];
}

const old = (field: string) => `2010-01-05\t18:52:06:762\t 808\taac\tPT\tWARNING:     ${field}`;
const envelope = (
  prefix: string,
  attribute = '',
) => `<${prefix}Envelope xmlns="x"><${prefix}Body><${prefix}Fault>
  <faultcode>${prefix}Client</faultcode>
  <faultstring>Fault occurred</faultstring>
  <faultactor>${actor}</faultactor>
  <detail${attribute}>
    <ErrorCode${attribute}>
      InvalidParameters
    </ErrorCode>
    <Message${attribute}>${nonLeaf}</Message>
    <ID>${guid}</ID>
    <Method>"${method}"</Method>
  </detail>
</${prefix}Fault></${prefix}Body></${prefix}Envelope>`;

/** Constructed, after the shapes of the logs that docs/diagnosis.md names. */
const whole: readonly (readonly [string, string])[] = [
  ['an old log whose tabs are gone', `2015-10-3017:12:54:073 8801160WSWARNING: detail: ${detail(nonLeaf)}`],
  ['a hexadecimal thread', `2015-10-30 17:12:54:073 880 117c WS WARNING: detail: ${detail(nonLeaf)}`],
  ['an envelope with the prefix s', envelope('s:')],
  ['an envelope with the prefix soap and attributes', envelope('soap:', ' xmlns="urn:x"')],
  ['an envelope without a prefix', envelope('')],
  ['elements with a prefix', detail(nonLeaf).replaceAll(/<(\/?)(?=\w)/g, '<$1ns0:')],
  [
    'an old agent’s lines, one a field',
    [
      old('SOAP Fault: 0x000190'),
      old('faultstring:Fault occurred'),
      old('ErrorCode:InvalidParameters(7)'),
      old(`Message:${nonLeaf}`),
      old(`Method:"${method}"`),
      old(`ID:${guid}`),
    ].join('\n'),
  ],
  ['an address that a chat made a link', detail(nonLeaf).replace(`"${method}"`, `"<${method}>"`)],
  [
    'an address that Markdown made a link',
    `Message=${nonLeaf}, ErrorCode=InvalidParameters, Method=[${method}](${method})`,
  ],
  [
    'emphasis',
    `ErrorCode=**InvalidParameters**, Message=parameters.**InstalledNonLeafUpdateIDs**, Method=${method}`,
  ],
  ['inline code', `ErrorCode=\`InvalidParameters\`, Message=\`${nonLeaf}\`, Method=\`${method}\``],
  ['JSON', JSON.stringify({ ErrorCode: 'InvalidParameters', Message: nonLeaf, Method: method })],
  ['fields in another order', `Method: ${method}, Message: ${nonLeaf}, ErrorCode: InvalidParameters`],
  ['a sentence', `It says ErrorCode=InvalidParameters, Message=${nonLeaf}. The method: ${method}.`],
  [
    'tags that are gone, words that are glued',
    `s:ClientFault occurred${detail(nonLeaf).replaceAll(/<[^>]*>/g, '')}`,
  ],
  [
    'tags that are gone, one word a line',
    detail(nonLeaf)
      .replaceAll(/<[^>]*>/g, '\n')
      .replaceAll(/\n+/g, '\n'),
  ],
  [
    'a line that was broken at 60 columns and joined with blanks',
    detail(nonLeaf).replaceAll(/(.{60})/g, '$1 '),
  ],
  [
    'an old agent’s fields without prefixes and line ends',
    `faultstring: Fault occurredErrorCode:InvalidParameters(7)Message:${nonLeaf}Method:"${method}"`,
  ],
  ['an indented envelope whose tags are gone', envelope('s:').replaceAll(/<[^>]*>/g, '\n')],
  [
    'a line that was broken at 7 columns and joined with blanks',
    `WS error: ${detail(nonLeaf)}`.replaceAll(/(.{7})/g, '$1 '),
  ],
];

describe('a fault is read whole', () => {
  for (const [what, text] of whole) {
    test(`in ${what}`, () => {
      const [errorCode, message, call] = tripleIn(text);
      assert.deepEqual(
        [errorCode, message, call],
        ['InvalidParameters', nonLeaf, call === actor ? actor : method],
      );
    });
  }

  test('in a server’s line whose tabs are gone', () => {
    assert.deepEqual(tripleIn(serverLine().replaceAll('\t', '')), ['InvalidParameters', nonLeaf, actor]);
  });

  test('with the actor of its envelope', () => {
    const [fault] = faultsIn(envelope('s:'));
    assert.deepEqual([fault?.actor, fault?.method, fault?.host], [actor, method, 'wsus01.corp.example']);
  });

  test('with the number that an old agent prints before it', () => {
    const lines = [
      old(
        'SyncUpdates failure, error = 0x8024400E, soap client error = 7, soap error code = 400, HTTP status code = 200',
      ),
      old('SOAP Fault: 0x000190'),
      old('ErrorCode:InternalServerError(5)'),
      old('Message:(null)'),
      old(`Method:"${method}"`),
    ];
    const faults = faultsIn(lines.join('\n'));
    assert.deepEqual(
      faults.map(({ errorCode, message, hresults }) => [errorCode, message, hresults]),
      [['InternalServerError', '', ['8024400E']]],
    );
  });
});

describe('a message', () => {
  for (const [what, written, read] of [
    ['ends with its word', `${nonLeaf} and more`, nonLeaf],
    ['with a longer name stays longer', `${nonLeaf}Extra`, `${nonLeaf}Extra`],
    ['with a name inside stays whole', `${nonLeaf}.Count`, `${nonLeaf}.Count`],
    [
      'of another parameter stays another',
      'parameters.requestedCategories',
      'parameters.requestedCategories',
    ],
    ['that an old agent calls (null) is empty', '(null)', ''],
  ] as const) {
    test(what, () => {
      assert.deepEqual(
        tripleIn(`ErrorCode=InvalidParameters, Message=${written}, Method=${method}`)[1],
        read,
      );
    });
  }

  test('whose tags are gone may be of any parameter', () => {
    const stripped = detail('parameters.requestedCategories').replaceAll(/<[^>]*>/g, '');
    assert.deepEqual(tripleIn(stripped).slice(0, 2), ['InvalidParameters', 'parameters.requestedCategories']);
  });
});

describe('fields of two faults', () => {
  const other = 'http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService/GetExtendedUpdateInfo';
  test('that two clients wrote between each other’s lines are not put together', () => {
    const lines = [
      old('ErrorCode:InvalidParameters(7)'),
      old('Message:parameters.OtherCachedUpdateIDs'),
      old('ErrorCode:InvalidParameters(7)'),
      old(`Message:${nonLeaf}`),
      old(`Method:"${method}"`),
      old(`Method:"${other}"`),
    ];
    for (const text of [lines.join('\n'), lines.map((line) => line.slice(40)).join('\n')]) {
      for (const { errorCode, message, method: call } of faultsIn(text)) {
        assert.ok(message !== nonLeaf || errorCode === null || call === null);
      }
    }
  });

  test('on two threads of the server are not put together', () => {
    const cut = serverLine({ thread: 3 }).replace(/actor = [^,]*, /, '');
    const next = serverLine({ thread: 3, id: 5, message: 'parameters.locales' });
    assert.deepEqual(
      faultsIn(`${cut}\n${next}`).map(({ message, actor: from }) => [message, from]),
      [
        [nonLeaf, null],
        ['parameters.locales', actor],
      ],
    );
  });
});

describe('an entry', () => {
  const entry = (text: string) => `2026/11/24 22:40:12.0731234 1224  7052  ProtocolTalker  ${text}`;

  test('of a newer agent may have its file in the next line', () => {
    const faults = faultsIn(`${entry('*FAILED* [80244007] webservices.dll')}\nwebserviceinfra.cpp @221`);
    assert.deepEqual(
      faults.map(({ hresults, time }) => [hresults, time?.iso]),
      [[['80244007'], '2026-11-24T22:40:12.073']],
    );
  });

  test('that a console broke keeps its number and its server', () => {
    const lines = [
      entry('Got WSUS Client/Server URL: http://wsus01.corp.example:8530/ClientWebService/client.asmx""'),
      entry('*FAILED* [80244007] SyncUpdates_WithRecovery failed'),
    ];
    const [fault] = faultsIn(lines.map((line) => line.replaceAll(/(.{69})/g, '$1\n')).join('\n'));
    assert.deepEqual([fault?.hresults, fault?.host], [['80244007'], 'wsus01.corp.example']);
  });

  test('keeps its time when all line ends and tabs are gone', () => {
    const line = (time: string, text: string) => `2015-10-30${time} 8801160WS${text}`;
    const text = [
      line('17:12:54:073', `WARNING: detail: ${detail(nonLeaf)}`),
      line('17:12:54:073', 'FATAL: OnCallFailure failed with hr=0X80244007'),
      line('18:30:00:000', 'WARNING: PTError: 0x80244010'),
    ].join('');
    assert.deepEqual(
      faultsIn(text).map(({ hresults, time, lines }) => [
        hresults,
        time?.iso,
        lines.map(({ line: at }) => at),
      ]),
      [
        [['80244007'], '2015-10-30T17:12:54.073', [1]],
        [['80244010'], '2015-10-30T18:30:00.000', [1]],
      ],
    );
  });

  test('of CMTrace may have several lines and gets the time behind them', () => {
    const [fault, ...others] = faultsIn(
      '<![LOG[Scan failed\nwith error = 0x80244007.]LOG]!><time="02:03:04.567-60" date="11-25-2026" component="ScanAgent" context="" type="3" thread="4711" file="x.cpp:1">',
    );
    assert.deepEqual(
      [fault?.time?.iso, fault?.source, others],
      ['2026-11-25T01:03:04.567Z', 'ScanAgent.log', []],
    );
  });

  test('is followed by stack frames in any language, which are no part of it', () => {
    for (const at of ['at', 'bei', 'à', 'en', 'в', 'konum:', '場所', '在']) {
      const frame = `   ${at} Microsoft.UpdateServices.Internal.SoapUtilities.ThrowException(ErrorCode errorCode, String message)`;
      const [fault, ...others] = faultsIn(`${serverLine()}\n${frame}\n${frame}`);
      assert.deepEqual([fault?.lines.length, others], [1, []], at);
    }
  });

  test('that is no stack frame belongs to the one before', () => {
    const [first = '', second = ''] = [serverLine().slice(0, 150), serverLine().slice(150)];
    assert.deepEqual(tripleIn(`${first}\n${second}`), ['InvalidParameters', nonLeaf, actor]);
  });
});

describe('a server’s exception', () => {
  const line = (text: string) =>
    `2026-11-24 21:40:12.345 UTC\tError\tw3wp.9\tClientImplementation.SyncUpdates\t${text}`;

  test('is a fault of ClientWebService', () => {
    const [fault] = faultsIn(line('System.ArgumentException: Item has already been added.'));
    assert.deepEqual(
      [fault?.message, fault?.method, fault?.service, fault?.errorCode],
      ['System.ArgumentException', 'ClientImplementation.SyncUpdates', 'ClientWebService', null],
    );
  });

  for (const [what, text] of [
    ['a recycled pool', line('System.Threading.ThreadAbortException: Thread was being aborted.')],
    ['a warning', line('System.ArgumentException').replace('Error', 'Warning')],
    ['another class', line('System.ArgumentException').replace('ClientImplementation', 'HmtWebServices')],
  ] as const) {
    test(`is none for ${what}`, () => assert.deepEqual(faultsIn(text), []));
  }
});

describe('memory', () => {
  test('of a failure that is told without end is bounded', () => {
    const faults = faultsIn('error 0x80244007\n'.repeat(10_000));
    assert.ok(faults.length > 1 && faults.length < 100);
    assert.ok(faults.every(({ lines }) => lines.length <= 64));
  });

  test('does not hold back what was told long ago', () => {
    const told = faultsIn(`${serverLine()}\n${'nothing\n'.repeat(100)}${serverLine({ id: 2 })}`);
    assert.deepEqual(
      told.map(({ line }) => line),
      [1, 102],
    );
  });
});
