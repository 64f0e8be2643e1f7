import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import type { TestContext } from 'node:test';
import { endpointUri } from '../../../../remote/winrm/actions.ts';
import { buildRequest } from '../../../../remote/winrm/envelope.ts';
import { createNtlmClient } from '../../../../remote/winrm/ntlm/ntlm-client.ts';
import type { SecurityContext } from '../../../../remote/winrm/ntlm/security-context.ts';
import { parseAnswer, readReceived, type WsmanAnswer } from '../../../../remote/winrm/response.ts';
import { openBody, sealBody } from '../../../../remote/winrm/sealed-body.ts';
import {
  commandRequest,
  createRequest,
  deleteRequest,
  receiveRequest,
  type ShellRequestParts,
  sendRequest,
  signalRequest,
} from '../../../../remote/winrm/shell-requests.ts';
import type { WinrmTarget } from '../../../../remote/wsus-server.ts';
import { creationFragments, pipelineFragments, pipelineId, poolId } from '../pool-messages.ts';

export interface RawAnswer {
  readonly status: number;
  readonly authenticate: string | undefined;
  readonly body: Buffer;
}

type Account = WinrmTarget['account'];

/**
 * A client that does one thing at a time and hides nothing, on one socket that is closed after the test. Tests use it to send what the
 * real client never would.
 */
export class RawWinrmClient {
  readonly #target: WinrmTarget;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly shellId = poolId.toUpperCase();
  endpoint = 'WsusBot';
  operationTimeout = 20_000;
  maxEnvelopeSize = 153_600;
  context: SecurityContext | undefined;

  constructor(context: TestContext, target: WinrmTarget) {
    this.#target = target;
    context.after(() => this.#agent.destroy());
  }

  /** One HTTP request; rejects when the socket closes without an answer. */
  post(
    body: Buffer | string,
    headers: Record<string, string> = {},
    path = '/wsman',
    method = 'POST',
  ): Promise<RawAnswer> {
    const bytes = Buffer.from(body as string);
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        {
          host: this.#target.host,
          port: this.#target.port,
          path,
          method,
          agent: this.#agent,
          headers: { ...headers, 'Content-Length': bytes.length },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              authenticate: response.headers['www-authenticate'],
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      request.on('error', reject);
      request.end(bytes);
    });
  }

  /** Both round trips of the handshake; answers the second. `change` may spoil the last message. */
  async signIn(
    account: Account = this.#target.account,
    change: (message: Buffer) => Buffer = (message) => message,
  ): Promise<RawAnswer> {
    const ntlm = createNtlmClient({ account, randomBytes, now: () => 0 });
    const first = await this.post('', {
      Authorization: `Negotiate ${ntlm.negotiateMessage.toString('base64')}`,
    });
    const challenge = Buffer.from(first.authenticate?.split(' ')[1] ?? '', 'base64');
    const { message, context } = ntlm.authenticate(challenge);
    this.context = context;
    return this.post('', { Authorization: `Negotiate ${change(message).toString('base64')}` });
  }

  seal(plain: string): { readonly contentType: string; readonly body: Buffer } {
    if (this.context === undefined) throw new Error('not signed in');
    return sealBody(this.context, Buffer.from(plain));
  }

  async sendSealed(plain: string): Promise<RawAnswer> {
    const { contentType, body } = this.seal(plain);
    return this.post(body, { 'Content-Type': contentType });
  }

  envelope(
    parts: ShellRequestParts,
    shellId: string | undefined = this.shellId,
    messageId: string = randomUUID(),
  ): string {
    const xml = buildRequest(
      {
        to: 'http://127.0.0.1/wsman',
        resourceUri: endpointUri(this.endpoint),
        sessionId: randomUUID(),
        operationTimeout: this.operationTimeout,
      },
      { ...parts, messageId, ...(shellId === undefined ? {} : { shellId }) },
    );
    return xml.replace('153600', String(this.maxEnvelopeSize));
  }

  /** A sealed operation and its opened answer. */
  async operate(parts: ShellRequestParts, shellId: string | undefined = this.shellId): Promise<WsmanAnswer> {
    const messageId = randomUUID();
    const answer = await this.sendSealed(this.envelope(parts, shellId, messageId));
    if (this.context === undefined) throw new Error('not signed in');
    return parseAnswer(openBody(this.context, answer.body).toString(), messageId);
  }

  create(shellId = this.shellId): Promise<WsmanAnswer> {
    return this.operate(createRequest(shellId, '2.3', 180_000, creationFragments()), undefined);
  }

  command(
    name: string,
    parameters: Record<string, string | number> = {},
    id = pipelineId,
  ): Promise<WsmanAnswer> {
    return this.operate(commandRequest(id, Buffer.concat(pipelineFragments({ name, parameters }, id))));
  }

  receive(id?: string): Promise<WsmanAnswer> {
    return this.operate(receiveRequest(id));
  }

  send(id: string | undefined, data: Buffer): Promise<WsmanAnswer> {
    return this.operate(sendRequest(id, data));
  }

  signal(id: string, code: string): Promise<WsmanAnswer> {
    return this.operate(signalRequest(id, code));
  }

  delete(): Promise<WsmanAnswer> {
    return this.operate(deleteRequest());
  }
}

/** The streams of a Receive that was answered well. */
export function received(answer: WsmanAnswer) {
  if (!answer.ok) throw new Error(`fault ${answer.fault.code}`);
  return readReceived(answer.body);
}

/** The code of a fault; 0 when it was none. */
export const faultOf = (answer: WsmanAnswer): number | undefined => (answer.ok ? 0 : answer.fault.code);
