import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { avIds } from '../../../remote/winrm/ntlm/av-pairs.ts';
import { encodeChallengeMessage } from '../../../remote/winrm/ntlm/challenge-message.ts';
import { offeredFlags } from '../../../remote/winrm/ntlm/negotiate-flags.ts';
import { fileTime, ntowfV2 } from '../../../remote/winrm/ntlm/ntlm-v2.ts';
import type { SecurityContext } from '../../../remote/winrm/ntlm/security-context.ts';
import { verifyAuthenticate } from '../../../remote/winrm/ntlm/verify-authenticate.ts';
import { openBody, sealBody } from '../../../remote/winrm/sealed-body.ts';

export const account = { domain: 'LAB', user: 'bot', password: 'kept-to-itself-4711' };

export interface Scripted {
  readonly port: number;
  /** HTTP requests so far, and the sockets they came on. */
  readonly seen: { requests: number; readonly sockets: Set<unknown> };
  close(): Promise<void>;
}

/** Answers one request; `context` is there once a handshake was finished on the socket. */
export type Answer = (
  request: { readonly body: Buffer; readonly authorization: string },
  response: ServerResponse,
  context: SecurityContext | undefined,
) => void;

/** A server of one's own making: real sockets, NTLM by this project's codecs, everything else as the test says. */
export async function startScripted(answer: Answer, flags = offeredFlags): Promise<Scripted> {
  const seen = { requests: 0, sockets: new Set<unknown>() };
  const negotiations = new Map<unknown, { negotiate: Buffer; challenge: Buffer }>();
  const contexts = new Map<unknown, SecurityContext>();
  const server = createServer(async (request: IncomingMessage, response) => {
    seen.requests += 1;
    seen.sockets.add(request.socket);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const token = /^Negotiate (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined || answersHandshake.has(answer)) {
      const parts = { body: Buffer.concat(chunks), authorization: request.headers.authorization ?? '' };
      answer(parts, response, contexts.get(request.socket));
      return;
    }
    const message = Buffer.from(token, 'base64');
    const begun = negotiations.get(request.socket);
    if (begun === undefined) {
      const challenge = encodeChallengeMessage({
        flags,
        serverChallenge: Buffer.alloc(8, 3),
        targetName: 'LAB',
        targetInfo: [{ id: avIds.timestamp, value: fileTime(1_700_000_000_000) }],
      });
      negotiations.set(request.socket, { negotiate: message, challenge });
      response.writeHead(401, { 'WWW-Authenticate': `Negotiate ${challenge.toString('base64')}` }).end();
      return;
    }
    const verified = verifyAuthenticate({ ...begun, authenticate: message }, (named) =>
      ntowfV2({ ...named, password: account.password }),
    );
    if (verified.ok) contexts.set(request.socket, verified.context);
    response.writeHead(verified.ok ? 200 : 401).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const answersHandshake = new WeakSet<Answer>();

/** Marks an answer that takes the handshake's requests too. */
export function insteadOfHandshake(answer: Answer): Answer {
  answersHandshake.add(answer);
  return answer;
}

/** Opens the request and seals this text, or what the function makes of the request's text, as the answer. */
export function sealedAnswer(make: (text: string) => string, status = 200): Answer {
  return ({ body }, response, context) => {
    if (context === undefined) throw new Error('no handshake on this socket');
    const sealed = sealBody(context, Buffer.from(make(openBody(context, body).toString())));
    response.writeHead(status, { 'Content-Type': sealed.contentType }).end(sealed.body);
  };
}
