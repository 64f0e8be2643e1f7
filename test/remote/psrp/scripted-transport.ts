import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { ClixmlValue } from '../../../remote/psrp/clixml-value.ts';
import { Defragmenter, encodeFragments } from '../../../remote/psrp/fragment.ts';
import { emptyGuid } from '../../../remote/psrp/guid.ts';
import {
  decodeMessage,
  encodeMessage,
  messageTypes,
  type PsrpMessage,
} from '../../../remote/psrp/message.ts';
import { pipelineStateData, pipelineStates } from '../../../remote/psrp/messages/pipeline-state.ts';
import {
  runspacePoolStateData,
  runspacePoolStates,
} from '../../../remote/psrp/messages/runspace-pool-state.ts';
import type { PsrpTransport, ReceivedData } from '../../../remote/psrp/transport.ts';

export type Reply = readonly [type: number, data: ClixmlValue];

/** A transport without a wire: answers each Receive with the next of these replies, and keeps what it was given. */
export class ScriptedTransport implements PsrpTransport {
  readonly calls: string[] = [];
  readonly received: PsrpMessage[] = [];
  readonly #defragmenter = new Defragmenter();
  readonly #answers: (readonly Reply[] | 'done' | Error)[];
  #objectId = 0n;

  constructor(...answers: (readonly Reply[] | 'done' | Error)[]) {
    this.#answers = answers;
  }

  async open(_poolId: string, creationFragments: Buffer) {
    this.#take('open', creationFragments);
  }
  async command(_pipelineId: string, firstFragment: Buffer) {
    this.#take('command', firstFragment);
  }
  async send(_pipelineId: string | undefined, fragment: Buffer) {
    this.#take('send', fragment);
  }
  async receive(pipelineId: string | undefined): Promise<ReceivedData> {
    this.calls.push(pipelineId === undefined ? 'receive pool' : 'receive');
    const answer = this.#answers.shift() ?? assert.fail('received once too often');
    if (answer instanceof Error) throw answer;
    if (answer === 'done') return { data: [], done: true };
    const messages = answer.map(([type, data]) => ({ destination: 'client' as const, type, data }));
    const ids = { poolId: emptyGuid, pipelineId: pipelineId ?? emptyGuid };
    const fragments = messages.flatMap((m) =>
      encodeFragments(++this.#objectId, encodeMessage({ ...m, ...ids }), 200),
    );
    const ended = answer.some(
      ([type, data]) => type === messageTypes.pipelineState && inspect(data).includes("'PipelineState' => 4"),
    );
    return { data: fragments, done: ended };
  }
  async stop(_pipelineId: string) {
    this.calls.push('stop');
  }
  async signal() {
    this.calls.push('signal');
  }
  async close() {
    this.calls.push('close');
  }
  #take(name: string, bytes: Buffer) {
    this.calls.push(name);
    this.received.push(...this.#defragmenter.push(bytes).map(decodeMessage));
  }
}

export const opened: Reply = [
  messageTypes.runspacePoolState,
  runspacePoolStateData(runspacePoolStates.opened),
];
export const completed: Reply = [messageTypes.pipelineState, pipelineStateData(pipelineStates.completed)];
export const output = (text: string): Reply => [messageTypes.pipelineOutput, text];
export const failed = (id: string, target = '', message = 'no'): Reply => [
  messageTypes.pipelineState,
  pipelineStateData(pipelineStates.failed, { message, fullyQualifiedErrorId: id, target }),
];
