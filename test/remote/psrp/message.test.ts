import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProtocolError } from '../../../remote/protocol-error.ts';
import type { ClixmlValue } from '../../../remote/psrp/clixml-value.ts';
import { emptyGuid, guidFromBytes, guidFromRandom, guidToBytes } from '../../../remote/psrp/guid.ts';
import { decodeMessage, encodeMessage, messageTypes } from '../../../remote/psrp/message.ts';
import { applicationPrivateData } from '../../../remote/psrp/messages/application-private-data.ts';
import { createPipelineData, readCreatePipeline } from '../../../remote/psrp/messages/create-pipeline.ts';
import { errorRecordData, readErrorRecord } from '../../../remote/psrp/messages/error-record.ts';
import { initRunspacePoolData } from '../../../remote/psrp/messages/init-runspace-pool.ts';
import {
  pipelineStateData,
  pipelineStates,
  readPipelineState,
} from '../../../remote/psrp/messages/pipeline-state.ts';
import { progressRecordData, readProgressRecord } from '../../../remote/psrp/messages/progress-record.ts';
import {
  readRunspacePoolState,
  runspacePoolStateData,
  runspacePoolStates,
} from '../../../remote/psrp/messages/runspace-pool-state.ts';
import {
  readProtocolVersion,
  sessionCapabilityData,
} from '../../../remote/psrp/messages/session-capability.ts';

const poolId = '00112233-4455-6677-8899-aabbccddeeff';
const message = (type: number, data: ClixmlValue) => ({
  destination: 'client' as const,
  type,
  poolId,
  pipelineId: emptyGuid,
  data,
});
const overTheWire = (data: ClixmlValue) =>
  decodeMessage(encodeMessage(message(messageTypes.pipelineOutput, data))).data;

test('a GUID is written with its first three groups little-endian', () => {
  assert.equal(guidToBytes(poolId).toString('hex'), '33221100554477668899aabbccddeeff');
});

test('any GUID comes back', () => {
  fc.assert(fc.property(fc.uuid(), (guid) => assert.equal(guidFromBytes(guidToBytes(guid)), guid)));
});

test('a random GUID says that it is of version 4', () => {
  assert.match(guidFromRandom(Buffer.alloc(16, 0xff)), /^ffffffff-ffff-4fff-bfff-ffffffffffff$/);
});

test('text that is no GUID is refused', () => {
  assert.throws(() => guidToBytes('{00112233-4455-6677-8899-aabbccddeeff}'), { code: 'protocol.malformed' });
});

test('the header is destination, type and the two GUIDs', () => {
  const bytes = encodeMessage({ ...message(messageTypes.createPipeline, null), destination: 'server' });
  assert.equal(
    bytes.toString('hex', 0, 40),
    `0200000006100200${'33221100554477668899aabbccddeeff'}${'00'.repeat(16)}`,
  );
});

test('messages with a byte order mark, and without any data, are read', () => {
  const bytes = encodeMessage(message(messageTypes.pipelineOutput, 'x'));
  const marked = Buffer.concat([bytes.subarray(0, 40), Buffer.from('\uFEFF'), bytes.subarray(40)]);
  assert.equal(decodeMessage(marked).data, 'x');
  assert.equal(decodeMessage(bytes.subarray(0, 40)).data, null);
});

test('no bytes make it fail with anything but a coded error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 90 }), (bytes) => {
      try {
        decodeMessage(Buffer.from(bytes));
      } catch (error) {
        assert.ok(error instanceof ProtocolError, String(error));
      }
    }),
  );
});

test('a command with text, number and boolean is read as it was given', () => {
  const parameters = { Text: 'a\u{1F600}\n_x000A_<&>', Count: -1, Yes: true };
  const [command, ...others] = readCreatePipeline(
    overTheWire(createPipelineData({ name: 'Get-It', parameters })),
  );
  assert.equal(others.length, 0);
  assert.deepEqual(command, {
    name: 'Get-It',
    isScript: false,
    parameters: Object.entries(parameters).map(([name, value]) => ({ name, value })),
  });
});

test('a pipeline without commands is refused', () => {
  assert.throws(() => readCreatePipeline(overTheWire(initRunspacePoolData())), {
    code: 'protocol.malformed',
  });
});

test('a pool state is read as it was written', () => {
  assert.deepEqual(readRunspacePoolState(overTheWire(runspacePoolStateData(runspacePoolStates.opened))), {
    state: 2,
    error: '',
  });
});

test('the end of a pipeline carries its error', () => {
  const error = { message: 'no\nway', fullyQualifiedErrorId: 'CommandNotFoundException', target: 'Get-It' };
  assert.deepEqual(readPipelineState(overTheWire(pipelineStateData(pipelineStates.failed, error))), {
    state: 5,
    error,
  });
  assert.deepEqual(readPipelineState(overTheWire(pipelineStateData(pipelineStates.completed))), {
    state: 4,
    error: undefined,
  });
});

test('an error record is read as it was written', () => {
  const error = { message: 'x', fullyQualifiedErrorId: 'y', target: '' };
  assert.deepEqual(readErrorRecord(overTheWire(errorRecordData(error))), error);
});

test('a progress record is read as it was written', () => {
  const progress = { activity: 'WsusBot', status: 'backup', percent: 40 };
  assert.deepEqual(readProgressRecord(overTheWire(progressRecordData(progress))), progress);
});

test('the capability names protocol version 2.3', () => {
  assert.equal(readProtocolVersion(overTheWire(sessionCapabilityData())), '2.3');
});

test('application private data is an empty dictionary inside', () => {
  assert.deepEqual(overTheWire(applicationPrivateData()), applicationPrivateData());
});
