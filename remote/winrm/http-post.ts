import { type Agent, type IncomingMessage, request } from 'node:http';
import { SocketGoneError } from './pinned-socket-agent.ts';

export interface HttpRequest {
  readonly agent: Agent;
  readonly host: string;
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Milliseconds until the whole answer must be there. */
  readonly timeout: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  /** Values of WWW-Authenticate, joined by commas. */
  readonly authenticate: string;
  /** A proxy names itself in it. */
  readonly isFromProxy: boolean;
  /** HTTP.SYS of Windows made it, before any service saw the request. */
  readonly isFromHttpSys: boolean;
  /** The server's clock, milliseconds since 1970. */
  readonly date: number | undefined;
  readonly body: Buffer;
}

/** Why a POST brought no answer. `gone`: no byte of it was sent. In all other cases the server may have it. */
export class HttpFailure extends Error {
  readonly kind: 'gone' | 'lost' | 'timed-out' | 'not-http' | 'tls' | 'too-large';

  constructor(kind: HttpFailure['kind'], cause?: unknown) {
    super(`HTTP exchange: ${kind}`, { cause });
    this.name = 'HttpFailure';
    this.kind = kind;
  }
}

const largestAnswer = 4 * 1024 * 1024;

/** One POST to /wsman. Never sent twice. @throws HttpFailure */
export function httpPost(options: HttpRequest): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const outgoing = request({
    method: 'POST',
    path: '/wsman',
    agent: options.agent,
    host: options.host,
    port: options.port,
    headers: { 'Accept-Encoding': 'identity', ...options.headers, 'Content-Length': options.body.length },
  });
  const stop = (failure: HttpFailure) => {
    clearTimeout(timer);
    outgoing.destroy();
    reject(failure);
  };
  const timer = setTimeout(() => stop(new HttpFailure('timed-out')), options.timeout);
  outgoing.on('error', (error) => stop(failureOf(error)));
  outgoing.on('response', (incoming) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > largestAnswer) stop(new HttpFailure('too-large'));
      else chunks.push(chunk);
    });
    incoming.on('error', (error) => stop(failureOf(error)));
    incoming.on('end', () => {
      clearTimeout(timer);
      resolve(answerOf(incoming, Buffer.concat(chunks)));
    });
  });
  outgoing.end(options.body);
  return promise;
}

function failureOf(error: NodeJS.ErrnoException): HttpFailure {
  if (error instanceof SocketGoneError) return new HttpFailure('gone', error);
  if (!error.code?.startsWith('HPE_')) return new HttpFailure('lost', error);
  return new HttpFailure(isTlsAlert(error) ? 'tls' : 'not-http', error);
}

/** What a TLS server says to anything else: a record of type alert, version 3.x (RFC 8446 5.1). */
function isTlsAlert(error: Error): boolean {
  const packet: unknown = 'rawPacket' in error ? error.rawPacket : undefined;
  return packet instanceof Uint8Array && packet[0] === 0x15 && packet[1] === 0x03;
}

function answerOf({ statusCode, headers }: IncomingMessage, body: Buffer): HttpAnswer {
  const date = Date.parse(headers.date ?? '');
  return {
    status: statusCode ?? 0,
    contentType: headers['content-type'],
    authenticate: headers['www-authenticate'] ?? '',
    isFromProxy: headers.via !== undefined || headers['proxy-authenticate'] !== undefined,
    isFromHttpSys: /^Microsoft-HTTPAPI\//i.test(String(headers.server ?? '')),
    date: Number.isNaN(date) ? undefined : date,
    body,
  };
}
