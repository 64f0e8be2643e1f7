import { ProtocolError } from '../protocol-error.ts';
import type { ClixmlValue } from './clixml-value.ts';
import { deserializeClixml } from './deserialize-clixml.ts';
import { guidFromBytes, guidToBytes } from './guid.ts';
import { serializeClixml } from './serialize-clixml.ts';

/** MessageType values that are used here, MS-PSRP 2.2.1. */
export const messageTypes = {
  sessionCapability: 0x00010002,
  initRunspacePool: 0x00010004,
  runspacePoolState: 0x00021005,
  createPipeline: 0x00021006,
  applicationPrivateData: 0x00021009,
  pipelineOutput: 0x00041004,
  errorRecord: 0x00041005,
  pipelineState: 0x00041006,
  progressRecord: 0x00041010,
} as const;

const destinations = { client: 1, server: 2 } as const;
type Destination = keyof typeof destinations;

export interface PsrpMessage {
  readonly destination: Destination;
  readonly type: number;
  readonly poolId: string;
  /** The empty GUID for messages of the pool. */
  readonly pipelineId: string;
  readonly data: ClixmlValue;
}

const headerLength = 40;

/** The blob that fragments carry: header and CLIXML in UTF-8 without BOM. */
export function encodeMessage(message: PsrpMessage): Buffer {
  const header = Buffer.alloc(headerLength);
  header.writeUInt32LE(destinations[message.destination], 0);
  header.writeUInt32LE(message.type, 4);
  guidToBytes(message.poolId).copy(header, 8);
  guidToBytes(message.pipelineId).copy(header, 24);
  return Buffer.concat([header, Buffer.from(serializeClixml(message.data), 'utf8')]);
}

/** @throws ProtocolError */
export function decodeMessage(blob: Buffer): PsrpMessage {
  const doing = 'reading a PSRP message';
  if (blob.length < headerLength)
    throw new ProtocolError('protocol.malformed', doing, 'shorter than its header');
  const destination = blob.readUInt32LE(0);
  if (destination !== 1 && destination !== 2)
    throw new ProtocolError('protocol.malformed', doing, 'destination');
  const text = blob.toString('utf8', headerLength);
  return {
    destination: destination === 1 ? 'client' : 'server',
    type: blob.readUInt32LE(4),
    poolId: guidFromBytes(blob.subarray(8, 24)),
    pipelineId: guidFromBytes(blob.subarray(24, 40)),
    data: text === '' || text === '\uFEFF' ? null : deserializeClixml(text),
  };
}
