import { Defragmenter, encodeFragments } from '../../../remote/psrp/fragment.ts';
import { emptyGuid } from '../../../remote/psrp/guid.ts';
import {
  decodeMessage,
  encodeMessage,
  messageTypes,
  type PsrpMessage,
} from '../../../remote/psrp/message.ts';
import { createPipelineData, type NamedCommand } from '../../../remote/psrp/messages/create-pipeline.ts';
import { initRunspacePoolData } from '../../../remote/psrp/messages/init-runspace-pool.ts';
import { sessionCapabilityData } from '../../../remote/psrp/messages/session-capability.ts';

export const poolId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
export const pipelineId = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';

/** The fragments that open a pool. */
export function creationFragments(): Buffer {
  const messages = [
    [messageTypes.sessionCapability, sessionCapabilityData()],
    [messageTypes.initRunspacePool, initRunspacePoolData()],
  ] as const;
  return Buffer.concat(
    messages.flatMap(([type, data], index) => clientFragments(BigInt(index + 1), type, emptyGuid, data)),
  );
}

/** The fragments of CREATE_PIPELINE for one named command. */
export function pipelineFragments(command: NamedCommand, id = pipelineId, largest?: number): Buffer[] {
  return clientFragments(3n, messageTypes.createPipeline, id, createPipelineData(command), largest);
}

export function clientFragments(
  objectId: bigint,
  type: number,
  id: string,
  data: PsrpMessage['data'],
  largest?: number,
): Buffer[] {
  return encodeFragments(
    objectId,
    encodeMessage({ destination: 'server', type, poolId, pipelineId: id, data }),
    largest,
  );
}

export function messagesOf(fragments: readonly Uint8Array[]): PsrpMessage[] {
  const defragmenter = new Defragmenter();
  return fragments.flatMap((bytes) => defragmenter.push(Buffer.from(bytes))).map(decodeMessage);
}
