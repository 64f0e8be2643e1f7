import { ProtocolError } from '../protocol-error.ts';
import { protocolVersion } from '../psrp/messages/session-capability.ts';
import type { PsrpTransport, ReceivedData, TransportCall } from '../psrp/transport.ts';
import { RemoteError } from '../remote-error.ts';
import type { XmlElement } from '../xml-element.ts';
import { stopPipelineCode, terminateCode } from './actions.ts';
import type { WinrmConnection } from './connection.ts';
import { buildRequest, type RequestContext } from './envelope.ts';
import { faultError, isOperationTimeout } from './faults.ts';
import { parseAnswer, readReceived, readShellId, type WsmanAnswer } from './response.ts';
import {
  commandRequest,
  createRequest,
  deleteRequest,
  receiveRequest,
  type ShellRequestParts,
  sendRequest,
  signalRequest,
} from './shell-requests.ts';

export interface WsmanTransportOptions extends RequestContext {
  readonly connection: WinrmConnection;
  /** A fresh GUID in lower case. */
  readonly newGuid: () => string;
  /** Milliseconds after which the server drops the shell when the bot is gone. */
  readonly shellIdleTimeout: number;
}

/** PSRP over the Windows shell protocol (MS-PSRP 3.1.5.3): one shell at one endpoint. */
export class WsmanTransport implements PsrpTransport {
  readonly #options: WsmanTransportOptions;
  #shellId: string | undefined;

  constructor(options: WsmanTransportOptions) {
    this.#options = options;
  }

  async open(poolId: string, creationFragments: Buffer, call: TransportCall): Promise<void> {
    const { shellIdleTimeout } = this.#options;
    const wantedId = poolId.toUpperCase();
    const request = createRequest(wantedId, protocolVersion, shellIdleTimeout, creationFragments);
    try {
      this.#shellId = await this.#perform(request, call, readShellId);
    } catch (error) {
      // The server may have made it all the same, under the id that it was asked for.
      if (error instanceof RemoteError && error.outcome === 'unknown') this.#shellId = wantedId;
      throw error;
    }
  }

  async command(pipelineId: string, firstFragment: Buffer, call: TransportCall): Promise<void> {
    await this.#perform(commandRequest(pipelineId.toUpperCase(), firstFragment), call);
  }

  async send(pipelineId: string | undefined, fragment: Buffer, call: TransportCall): Promise<void> {
    await this.#perform(sendRequest(pipelineId?.toUpperCase(), fragment), call);
  }

  async receive(pipelineId: string | undefined, call: TransportCall): Promise<ReceivedData> {
    const answer = await this.#ask(receiveRequest(pipelineId?.toUpperCase()), call, (received) =>
      received.ok ? readReceived(received.body) : received.fault,
    );
    if ('data' in answer) return answer;
    if (isOperationTimeout(answer)) return { data: [], done: false };
    throw faultError(answer, call.doing);
  }

  /** While a Receive waits its connection takes nothing else: then the Signal goes over a second one. */
  async stop(pipelineId: string, call: TransportCall): Promise<void> {
    const request = signalRequest(pipelineId.toUpperCase(), stopPipelineCode);
    const { connection } = this.#options;
    if (!connection.busy) return this.#perform(request, call);
    const second = new WsmanTransport({ ...this.#options, connection: connection.another() });
    second.#shellId = this.#shellId;
    try {
      await second.#perform(request, call);
    } finally {
      second.#options.connection.destroy();
    }
  }

  /** The shell, once the server has made it or may have. */
  get shellId(): string | undefined {
    return this.#shellId;
  }

  /** Deletes another shell of this account; one that is not there any more is no error. */
  async discard(shellId: string, call: TransportCall): Promise<void> {
    await this.#ask(deleteRequest(), call, () => undefined, shellId);
  }

  async signal(pipelineId: string, call: TransportCall): Promise<void> {
    await this.#perform(signalRequest(pipelineId.toUpperCase(), terminateCode), call);
  }

  async close(call: TransportCall): Promise<void> {
    if (this.#shellId === undefined) return;
    await this.#perform(deleteRequest(), call);
    this.#shellId = undefined;
  }

  #perform(request: ShellRequestParts, call: TransportCall): Promise<undefined>;
  #perform<T>(request: ShellRequestParts, call: TransportCall, read: (body: XmlElement) => T): Promise<T>;
  #perform<T>(
    request: ShellRequestParts,
    call: TransportCall,
    read?: (body: XmlElement) => T,
  ): Promise<T | undefined> {
    return this.#ask(request, call, (answer) => {
      if (!answer.ok) throw faultError(answer.fault, call.doing);
      return read?.(answer.body);
    });
  }

  async #ask<T>(
    request: ShellRequestParts,
    call: TransportCall,
    read: (answer: WsmanAnswer) => T,
    shellId = this.#shellId,
  ): Promise<T> {
    const { connection, newGuid } = this.#options;
    const messageId = newGuid().toUpperCase();
    const shell = shellId === undefined ? {} : { shellId };
    const operationTimeout = call.operationTimeout ?? this.#options.operationTimeout;
    const xml = buildRequest({ ...this.#options, operationTimeout }, { ...request, ...shell, messageId });
    const plain = await connection.exchange({ plain: Buffer.from(xml, 'utf8'), ...call });
    try {
      return read(parseAnswer(plain.toString('utf8'), messageId));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      const { doing } = call;
      throw new RemoteError('remote.broken-answer', {
        doing,
        detail: error.reason,
        outcome: 'unknown',
        cause: error,
      });
    }
  }
}
