import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';

/** A request as it came in. */
export interface Asked {
  readonly method: string | undefined;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Undefined: no answer ever comes. */
export type Answer = { readonly status?: number; readonly body: unknown } | undefined;

export interface FakeEntra {
  /** "http://127.0.0.1:54321" */
  readonly address: string;
  readonly asked: Asked[];
  /** Of every request of this kind, from now on. */
  answer(kind: 'token' | 'groups', how: (asked: Asked) => Answer): void;
}

/** The sign-in of Entra, Microsoft Graph and a metadata service in one, with their shapes. */
export const startFakeEntra = async (test: TestContext): Promise<FakeEntra> => {
  const asked: Asked[] = [];
  const answers: Record<'token' | 'groups', (asked: Asked) => Answer> = {
    token: () => ({ body: { token_type: 'Bearer', expires_in: 3599, access_token: 'token-1' } }),
    groups: () => ({ body: { value: [] } }),
  };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const one = {
      method: request.method,
      path: request.url ?? '',
      headers: request.headers,
      body,
    };
    asked.push(one);
    const answer = answers[one.path.includes('checkMemberGroups') ? 'groups' : 'token'](one);
    if (answer === undefined) return;
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (kind, how) => {
      answers[kind] = how;
    },
  };
};
