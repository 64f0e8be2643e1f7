import type { TestContext } from 'node:test';
import type { Authentication } from '../../remote/winrm/authentication.ts';
import { type ConnectionOptions, WinrmConnection } from '../../remote/winrm/connection.ts';

/** A connection as the product makes it, to a witness on loopback. */
export function connectTo(
  t: TestContext,
  port: number,
  authenticate: ConnectionOptions['authenticate'],
  tls?: ConnectionOptions['tls'],
): WinrmConnection {
  const connection = new WinrmConnection({
    host: '127.0.0.1',
    port,
    tls,
    authenticate,
    now: Date.now,
    connectTimeout: 20_000,
    requestTimeout: 20_000,
  });
  t.after(() => connection.destroy());
  return connection;
}

export async function say(connection: WinrmConnection, text: string): Promise<string> {
  const plain = Buffer.from(text, 'utf8');
  // Far off, for clients whose clock is minutes ahead.
  const deadline = Date.now() + 3_600_000;
  const answer = await connection.exchange({ plain, doing: 'testing', deadline });
  return answer.toString('utf8');
}

/** What somebody between does to what passes. Each is given bytes and may answer others. */
export interface Tampering {
  readonly token?: (token: Buffer, request: number) => Buffer;
  readonly message?: (body: Buffer) => Buffer;
  readonly answer?: (body: Buffer) => Buffer;
}

/** The same sign-in, with somebody between. */
export function tampered(authentication: Authentication, between: Tampering): Authentication {
  const { token: onToken, message: onMessage, answer: onAnswer } = between;
  let request = 0;
  return {
    async signIn(post, doing, deadline) {
      const protection = await authentication.signIn(
        (authorization) => {
          const [scheme = '', base64 = ''] = authorization.split(' ');
          const token = Buffer.from(base64, 'base64');
          request += 1;
          return post(`${scheme} ${(onToken?.(token, request) ?? token).toString('base64')}`);
        },
        doing,
        deadline,
      );
      return {
        ...protection,
        protect(plain) {
          const { headers, body } = protection.protect(plain);
          return { headers, body: onMessage?.(body) ?? body };
        },
        covers: (answer) => protection.covers(answer),
        open: (answer) => protection.open({ ...answer, body: onAnswer?.(answer.body) ?? answer.body }),
      };
    },
  };
}

/** The bytes with one bit changed. @param at counted from the end when negative */
export function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  const index = at < 0 ? bytes.length + at : at;
  changed[index] = (changed[index] ?? 0) ^ 1;
  return changed;
}

/** Answers the first bytes that it is given, for ever. */
export function once(): (bytes: Buffer) => Buffer {
  let first: Buffer | undefined;
  return (bytes) => {
    first ??= bytes;
    return first;
  };
}
