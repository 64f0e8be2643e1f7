import type { Socket } from 'node:net';
import { ProtocolError } from '../protocol-error.ts';
import { RemoteError } from '../remote-error.ts';
import { timeLeft } from '../time-left.ts';
import { type Authentication, type Channel, clearChannel, type MessageProtection } from './authentication.ts';
import { connectSocket } from './connect-socket.ts';
import { failureError, unprotectedAnswerError } from './http-errors.ts';
import { type HttpAnswer, httpPost } from './http-post.ts';
import { PinnedSocketAgent } from './pinned-socket-agent.ts';
import { channelBindings } from './tls/channel-bindings.ts';
import { secureSocket } from './tls/secure-socket.ts';
import type { TlsSettings } from './tls/tls-settings.ts';

export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  /** Undefined: HTTP in clear, where every message must be sealed. */
  readonly tls?: TlsSettings | undefined;
  /** Called for every socket. */
  readonly authenticate: (channel: Channel) => Authentication;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds for the TCP connection, and as many for TLS. */
  readonly connectTimeout: number;
  /** Milliseconds for the answer to one request; must be longer than the operation timeout in the envelope. */
  readonly requestTimeout: number;
  /** Called for every HTTP request, those of the handshake too. */
  readonly onRequest?: (() => void) | undefined;
}

export interface Exchange {
  readonly plain: Buffer;
  /** Present participle for errors: "reading wsus01". */
  readonly doing: string;
  /** Milliseconds since 1970 by `now`, after which the answer no longer counts. */
  readonly deadline: number;
}

interface Session {
  readonly agent: PinnedSocketAgent;
  readonly protection: MessageProtection;
}

/**
 * One WinRM connection: one socket, signed in once, one request in flight. When the socket closed while it was
 * idle, the next exchange signs in anew on a new socket; a message that was sent is never sent again.
 */
export class WinrmConnection {
  readonly #options: ConnectionOptions;
  #session: Session | undefined;
  /** The socket, or the agent that has it: also of a session that is not open yet. */
  #open: { destroy(): void } | undefined;
  #isDestroyed = false;
  #busy = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /**
   * Sends one message protected and answers the opened reply, a SOAP fault included.
   * @throws RemoteError; the session is then thrown away. Its outcome is `unknown` once the message may have arrived.
   */
  async exchange(exchange: Exchange): Promise<Buffer> {
    if (this.#busy) throw new TypeError('a WinRM connection carries one request at a time');
    this.#busy = true;
    try {
      if (this.#session?.agent.alive !== true) this.#session = await this.#signIn(exchange);
      return await this.#send(this.#session, exchange);
    } catch (error) {
      this.#close();
      throw error;
    } finally {
      this.#busy = false;
    }
  }

  /** A request is under way: a Receive may be for as long as the server holds it. */
  get busy(): boolean {
    return this.#busy;
  }

  /** A second connection to the same place as the same account, with a socket and a sign-in of its own. */
  another(): WinrmConnection {
    return new WinrmConnection(this.#options);
  }

  /** Closes the socket at once and for good: an exchange that is under way ends, and makes no other one. */
  destroy(): void {
    this.#isDestroyed = true;
    this.#close();
  }

  #close(): void {
    this.#open?.destroy();
    this.#open = undefined;
    this.#session = undefined;
  }

  async #signIn(exchange: Exchange): Promise<Session> {
    this.#close();
    const { doing, deadline } = exchange;
    const { socket, channel } = await this.#connect(exchange);
    const agent = new PinnedSocketAgent(socket);
    this.#open = agent;
    const headers = { 'Content-Type': 'application/soap+xml;charset=UTF-8' };
    const post = (authorization: string) =>
      this.#post(agent, exchange, { ...headers, Authorization: authorization }, Buffer.alloc(0));
    return { agent, protection: await this.#options.authenticate(channel).signIn(post, doing, deadline) };
  }

  async #connect(exchange: Exchange): Promise<{ readonly socket: Socket; readonly channel: Channel }> {
    const { doing } = exchange;
    const { host, tls, now, connectTimeout } = this.#options;
    const timeout = () => Math.min(connectTimeout, this.#remaining(exchange));
    const socket = await connectSocket(this.#options, timeout(), doing);
    this.#open = socket;
    if (this.#isDestroyed) throw new RemoteError('remote.connection-lost', { doing, outcome: 'not-sent' });
    if (tls === undefined) return { socket, channel: clearChannel };
    const secured = await secureSocket(socket, { host, tls, now }, timeout(), doing);
    const certificate = secured.getPeerX509Certificate();
    const bindings = certificate && channelBindings(certificate.raw);
    return { socket: secured, channel: { isEncrypted: true, bindings } };
  }

  async #send({ agent, protection }: Session, exchange: Exchange): Promise<Buffer> {
    const { doing, plain } = exchange;
    this.#remaining(exchange);
    const { headers, body } = protection.protect(plain);
    const answer = await this.#post(agent, exchange, headers, body).catch((error: unknown) => {
      throw failureError(error, doing, 'unknown');
    });
    const isAnswer = (answer.status === 200 || answer.status === 500) && protection.covers(answer);
    if (!isAnswer) throw unprotectedAnswerError(answer, doing, protection);
    try {
      return protection.open(answer);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      throw new RemoteError('remote.sealing-refused', {
        doing,
        detail: 'the sealed answer cannot be opened',
        outcome: 'unknown',
        cause: error,
      });
    }
  }

  #post(
    agent: PinnedSocketAgent,
    exchange: Exchange,
    headers: Readonly<Record<string, string>>,
    body: Buffer,
  ): Promise<HttpAnswer> {
    const { host, port, requestTimeout, onRequest } = this.#options;
    const timeout = Math.min(requestTimeout, this.#remaining(exchange));
    onRequest?.();
    return httpPost({ agent, host, port, headers, body, timeout });
  }

  /** Milliseconds left. @throws RemoteError before anything is sent when there are none */
  #remaining(exchange: Exchange): number {
    return timeLeft(exchange, this.#options.now(), 'not-sent');
  }
}
