import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProtocolError } from '../../../remote/protocol-error.ts';
import { decodeBase64 } from '../../../remote/winrm/base64.ts';
import { decodeDuration, encodeDuration } from '../../../remote/winrm/duration.ts';
import { buildRequest, type RequestParts } from '../../../remote/winrm/envelope.ts';
import { parseAnswer, readReceived, readShellId } from '../../../remote/winrm/response.ts';
import { buildFault, buildResponse, parseRequest } from '../../../remote/winrm/server-envelope.ts';
import {
  commandRequest,
  createRequest,
  deleteRequest,
  receiveRequest,
  sendRequest,
  signalRequest,
} from '../../../remote/winrm/shell-requests.ts';

const context = {
  to: 'http://wsus01:5985/wsman',
  resourceUri: 'http://schemas.microsoft.com/powershell/WsusBot',
  sessionId: '5E55105E-0000-4000-8000-000000000000',
  operationTimeout: 20_000,
};
const messageId = 'AAAAAAAA-0000-4000-8000-000000000001';
const commandId = 'CCCCCCCC-0000-4000-8000-000000000002';
const shellId = 'DDDDDDDD-0000-4000-8000-000000000003';
const data = Buffer.from([0, 1, 2, 253, 254, 255]);
const asServer = (parts: Omit<RequestParts, 'messageId'>) =>
  parseRequest(buildRequest(context, { ...parts, messageId }));
const common = {
  messageId: `uuid:${messageId}`,
  resourceUri: context.resourceUri,
  operationTimeout: 20_000,
  maxEnvelopeSize: 153_600,
};

test('Create carries the wanted shell, its streams, the protocol version and the creation fragments', () => {
  assert.deepEqual(asServer(createRequest(shellId, '2.3', 180_000, data)), {
    ...common,
    shellId: '',
    options: new Map([['protocolversion', '2.3']]),
    operation: 'create',
    wantedShellId: shellId,
    inputStreams: 'stdin pr',
    outputStreams: 'stdout',
    creationFragments: data,
    idleTimeout: 180_000,
  });
});

for (const [request, expected] of [
  [commandRequest(commandId, data), { operation: 'command', commandId, command: '', fragments: data }],
  [sendRequest(commandId, data), { operation: 'send', commandId, stream: 'stdin', data, end: false }],
  [sendRequest(undefined, data), { operation: 'send', commandId: '', stream: 'stdin', data, end: false }],
  [
    signalRequest(commandId, 'powershell/signal/ctrl_c'),
    { operation: 'signal', commandId, code: 'powershell/signal/ctrl_c' },
  ],
  [deleteRequest(), { operation: 'delete' }],
] as const) {
  test(`${request.operation} ${'commandId' in expected && expected.commandId === '' ? 'for the pool ' : ''}is read by the server as the client wrote it`, () => {
    assert.deepEqual(asServer({ ...request, shellId }), {
      ...common,
      shellId,
      options: new Map(),
      ...expected,
    });
  });
}

test('Receive asks for standard output, for a command or for the pool', () => {
  const options = new Map([['WSMAN_CMDSHELL_OPTION_KEEPALIVE', 'TRUE']]);
  for (const id of [commandId, undefined]) {
    assert.deepEqual(asServer({ ...receiveRequest(id), shellId }), {
      ...common,
      shellId,
      options,
      operation: 'receive',
      commandId: id ?? '',
      streams: 'stdout',
    });
  }
});

test('values in a request are encoded', () => {
  const request = asServer({ ...deleteRequest(), shellId: '<&">' });
  assert.equal(request.shellId, '<&">');
});

test('a request with an unknown action or without MessageID is refused', () => {
  const xml = buildRequest(context, { ...deleteRequest(), messageId, shellId });
  assert.throws(() => parseRequest(xml.replace('transfer/Delete', 'transfer/Get')), {
    code: 'protocol.malformed',
  });
  assert.throws(() => parseRequest(xml.replace(/<a:MessageID>.*<\/a:MessageID>/, '')), {
    code: 'protocol.malformed',
  });
});

const header = { relatesTo: `uuid:${messageId}`, messageId: commandId };

test('the shell of a Create response is read', () => {
  const answer = parseAnswer(
    buildResponse(header, { operation: 'create', shellId, resourceUri: context.resourceUri }),
    messageId,
  );
  assert.ok(answer.ok);
  assert.equal(readShellId(answer.body), shellId);
});

test('streams and state of a Receive response are read', () => {
  for (const state of ['running', 'done'] as const) {
    const xml = buildResponse(header, {
      operation: 'receive',
      commandId,
      streams: [data, Buffer.from('b')],
      state,
    });
    const answer = parseAnswer(xml, messageId);
    assert.ok(answer.ok);
    assert.deepEqual(readReceived(answer.body), { data: [data, Buffer.from('b')], done: state === 'done' });
  }
});

test('a Receive response for the pool has no state', () => {
  const answer = parseAnswer(
    buildResponse(header, { operation: 'receive', commandId: '', streams: [data] }),
    messageId,
  );
  assert.ok(answer.ok);
  assert.deepEqual(readReceived(answer.body), { data: [data], done: false });
});

test('a MessageID in another case is the same', () => {
  assert.ok(
    parseAnswer(
      buildResponse({ ...header, relatesTo: `uuid:${messageId.toLowerCase()}` }, { operation: 'send' }),
      messageId,
    ).ok,
  );
});

test('an answer to another request is refused', () => {
  const xml = buildResponse({ ...header, relatesTo: `uuid:${commandId}` }, { operation: 'send' });
  assert.throws(() => parseAnswer(xml, messageId), { code: 'protocol.malformed' });
});

test('a fault carries code, subcode and reason', () => {
  const xml = buildFault(header, { code: 5, subcode: 'w:AccessDenied', reason: 'no <way>' });
  assert.deepEqual(parseAnswer(xml, messageId), {
    ok: false,
    fault: { code: 5, subcode: 'AccessDenied', reason: 'no <way>' },
  });
});

test('a fault without RelatesTo is taken for the answer', () => {
  const xml = buildFault(header, { code: 5, subcode: 'w:AccessDenied', reason: 'no' }).replace(
    /<a:RelatesTo>.*<\/a:RelatesTo>/,
    '',
  );
  assert.equal(parseAnswer(xml, messageId).ok, false);
});

test('a quota fault has its code in MSFT_WmiError', () => {
  const xml = buildFault(header, { code: 1, subcode: 'w:QuotaLimit', reason: 'too many' }).replace(
    /<f:WSManFault.*<\/f:WSManFault>/,
    '<p:MSFT_WmiError b:IsCIM_Error="true" xmlns:b="b" xmlns:p="p"><p:error_Code xsi:type="cim:unsignedInt" xmlns:xsi="x">2150859174</p:error_Code></p:MSFT_WmiError>',
  );
  const answer = parseAnswer(xml, messageId);
  assert.equal(!answer.ok && answer.fault.code, 2150859174);
});

test('no change to an answer makes it fail with anything but a coded error', () => {
  const xml = buildResponse(header, { operation: 'receive', commandId, streams: [data], state: 'done' });
  fc.assert(
    fc.property(
      fc.nat(xml.length),
      fc.nat(40),
      fc.constantFrom('', '<', '>', '&', '<a>', '</s:Body>', '='),
      (at, cut, insert) => {
        try {
          const answer = parseAnswer(xml.slice(0, at) + insert + xml.slice(at + cut), messageId);
          if (answer.ok) readReceived(answer.body);
        } catch (error) {
          assert.ok(error instanceof ProtocolError, String(error));
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('durations are written in seconds and read in all their parts', () => {
  assert.equal(encodeDuration(20_000), 'PT20.000S');
  assert.equal(decodeDuration('PT7200.000S'), 7_200_000);
  assert.equal(decodeDuration('P1DT2H3M4.5S'), 93_784_500);
  for (const text of ['', 'P', 'PT', '20', 'PT-5S', 'P1Y'])
    assert.equal(decodeDuration(text), undefined, text);
  fc.assert(
    fc.property(fc.nat(), (milliseconds) =>
      assert.equal(decodeDuration(encodeDuration(milliseconds)), milliseconds),
    ),
  );
});

test('base64 with line breaks is read, anything else is refused', () => {
  assert.deepEqual(decodeBase64(' AAEC\r\n/f7/ ', 'testing'), data);
  for (const text of ['AAE', 'AA-_', 'A===', '=AAA', 'AA=A'])
    assert.throws(() => decodeBase64(text, 'testing'), ProtocolError, text);
});
