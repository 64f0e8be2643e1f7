import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { guidFromRandom } from '../../psrp/guid.ts';
import type { StartCommandLine } from '../command-line.ts';
import type { Engine } from '../engine.ts';
import type { WireMisbehaviour } from '../misbehaviour.ts';
import { CommandShellTable } from './command-shell-table.ts';
import { channelOf } from './front-channel.ts';
import { bindingsOf, type FrontTls, listenerOptions } from './front-tls.ts';
import { emptyAnswer, type HttpAnswer } from './http-answer.ts';
import { MisbehaviourTable, type OnMessage } from './misbehaviour-table.ts';
import type { PracticeAccount } from './ntlm-acceptor.ts';
import { type ShellCount, ShellTable } from './shell-table.ts';
import { type Outcome, type SessionSettings, SocketSession } from './socket-session.ts';

export interface FrontSettings {
  /** The computer's name, for the NTLM challenge and faults. */
  readonly computer: string;
  /** The session configurations by their names in lower case, each with the engine behind it. */
  readonly endpoints: ReadonlyMap<string, Engine>;
  /** What runs command lines for the command shell; undefined: there is none. */
  readonly commandLine?: StartCommandLine | undefined;
  readonly accounts: readonly PracticeAccount[];
  readonly randomBytes: (size: number) => Buffer;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** 0 for any free port. */
  readonly port?: number;
  readonly shellsPerUser?: number;
  readonly settleMilliseconds?: number;
  /** Listens for HTTPS instead of HTTP. */
  readonly tls?: FrontTls | undefined;
  readonly onMessage?: OnMessage | undefined;
}

export interface WinrmFront {
  readonly port: number;
  /** `http://127.0.0.1:<port>/wsman`, or `https://localhost:<port>/wsman` */
  readonly url: string;
  misbehave(rules: readonly WireMisbehaviour[]): void;
  /** Closes every connection, as a restart of the WinRM service does to the network; shells stay. */
  dropConnections(): void;
  shells(): ShellCount;
  /** Ends every shell, as a server does whose service restarts or that finds them idle for too long; connections stay. */
  endShells(): void;
  close(): Promise<void>;
}

const settle = 100;
const largestBody = 1_000_000;
const idleConnectionMilliseconds = 120_000;

/**
 * A WinRM listener on loopback in front of an engine, with the defaults of a Windows server: Negotiate only (NTLMv2 with MIC), no message in
 * clear (AllowUnencrypted=false; TLS is not in clear), one security context a socket (MS-WSMV 3.1).
 */
export async function startWinrmFront(settings: FrontSettings): Promise<WinrmFront> {
  const misbehaviours = new MisbehaviourTable(settings.onMessage);
  const shells = new ShellTable({
    endpoints: settings.endpoints,
    now: settings.now,
    shellsPerUser: settings.shellsPerUser ?? 30,
    settleMilliseconds: settings.settleMilliseconds ?? settle,
    commandShells: settings.commandLine && commandShells(settings.commandLine, settings),
  });
  const connections = new Map<Socket, Connection>();
  const { tls } = settings;
  const bindings = tls && bindingsOf(tls);
  const listener: RequestListener = (request, response) => {
    void connections.get(request.socket)?.take(request, response);
  };
  const server =
    tls === undefined
      ? createServer({ keepAliveTimeout: idleConnectionMilliseconds }, listener)
      : createSecureServer(
          { ...listenerOptions(tls), keepAliveTimeout: idleConnectionMilliseconds },
          listener,
        );
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    const channel = channelOf(socket, bindings);
    connections.set(socket, new Connection(socket, { ...settings, shells, misbehaviours, channel }));
    socket.once('close', () => connections.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  const port = await listen(server, settings.port ?? 0);
  return {
    port,
    url: frontUrl(port, tls),
    misbehave: (rules) => misbehaviours.set(rules),
    dropConnections: () => server.closeAllConnections(),
    shells: () => shells.count(),
    endShells: () => shells.break(),
    close: async () => {
      shells.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function commandShells(start: StartCommandLine, settings: FrontSettings): CommandShellTable {
  const newGuid = () => guidFromRandom(settings.randomBytes(16)).toUpperCase();
  return new CommandShellTable({ start, newGuid, settleMilliseconds: settings.settleMilliseconds ?? settle });
}

/** One socket's requests, answered strictly one after the other: its security context has an order. */
class Connection {
  readonly #socket: Socket;
  readonly #session: SocketSession;
  readonly #wait: (milliseconds: number) => Promise<void>;
  readonly #gone = new AbortController();
  #last: Promise<void> = Promise.resolve();

  constructor(socket: Socket, settings: SessionSettings) {
    this.#socket = socket;
    this.#session = new SocketSession(settings);
    this.#wait = settings.wait;
    socket.once('close', () => this.#gone.abort());
  }

  take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#last = this.#last.then(() => this.#respond(request, response)).catch(() => this.#abandon());
    return this.#last;
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const outcome = await this.#outcome(request);
    if (outcome === 'drop-socket') return this.#abandon();
    if (outcome === 'say-nothing') return;
    response.writeHead(outcome.status, { ...outcome.headers, 'Content-Length': outcome.body.length });
    const { restBetweenBytes } = outcome;
    if (restBetweenBytes !== undefined) await this.#drip(response, outcome.body, restBetweenBytes);
    response.end(restBetweenBytes === undefined ? outcome.body : undefined);
  }

  async #outcome(request: IncomingMessage): Promise<Outcome> {
    const body = await readBody(request);
    if (new URL(request.url ?? '/', 'http://localhost').pathname !== '/wsman') return emptyAnswer(404);
    if (request.method !== 'POST') return emptyAnswer(405);
    if (body === undefined) return tooLarge;
    return this.#session.answer({
      authorization: request.headers.authorization,
      contentType: request.headers['content-type'],
      body,
      gone: this.#gone.signal,
    });
  }

  async #drip(response: ServerResponse, body: Buffer, rest: number): Promise<void> {
    for (let at = 0; at < body.length && !this.#gone.signal.aborted; at++) {
      response.write(body.subarray(at, at + 1));
      await this.#wait(rest);
    }
  }

  #abandon(): void {
    this.#socket.destroy();
  }
}

/** A certificate names a host rather than an address. */
export function frontUrl(port: number, tls: FrontTls | undefined): string {
  return tls === undefined ? `http://127.0.0.1:${port}/wsman` : `https://localhost:${port}/wsman`;
}

const tooLarge: HttpAnswer = emptyAnswer(413, { Connection: 'close' });

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
  }
  return size <= largestBody ? Buffer.concat(chunks) : undefined;
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
