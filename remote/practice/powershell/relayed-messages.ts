import { ProtocolError } from '../../protocol-error.ts';
import { Defragmenter } from '../../psrp/fragment.ts';
import { decodeMessage, messageTypes } from '../../psrp/message.ts';
import { pipelineStates, readPipelineState } from '../../psrp/messages/pipeline-state.ts';

/** What a relay has to know of the messages that pass through it. */
export type RelayedMessage = 'pool-state' | 'pipeline-end' | 'other';

const finalStates: ReadonlySet<number | undefined> = new Set([
  pipelineStates.completed,
  pipelineStates.failed,
  pipelineStates.stopped,
]);

/**
 * Watches one stream of fragments that goes on byte for byte. Of nearly every message only the type in its header is read
 * ([MS-PSRP] 2.2.1), so that one nobody here understands passes like any other.
 */
export class RelayedMessages {
  readonly #defragmenter = new Defragmenter(Number.MAX_SAFE_INTEGER);
  #isReadable = true;

  /** The messages that these fragments complete. Fragments that cannot be joined end the watching and nothing else. */
  push(fragments: Buffer): RelayedMessage[] {
    if (!this.#isReadable) return [];
    try {
      return this.#defragmenter.push(fragments).map(kindOf);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#isReadable = false;
      return [];
    }
  }
}

function kindOf(blob: Buffer): RelayedMessage {
  const type = blob.length < 8 ? undefined : blob.readUInt32LE(4);
  if (type === messageTypes.runspacePoolState) return 'pool-state';
  return type === messageTypes.pipelineState && isFinal(blob) ? 'pipeline-end' : 'other';
}

function isFinal(blob: Buffer): boolean {
  try {
    return finalStates.has(readPipelineState(decodeMessage(blob).data).state);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    // The state stands in the text all the same; the error beside it may be of any form.
    const state = /<I32 N="PipelineState">(\d)<\/I32>/.exec(blob.toString('utf8'))?.[1];
    return finalStates.has(state === undefined ? undefined : Number(state));
  }
}
