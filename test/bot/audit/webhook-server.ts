import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';

export interface Received {
  readonly type: string;
  readonly seq: number;
  readonly body: string;
  readonly signature: string;
}

/** What the receiver does with a post, once it is read. The default answers 204. */
export type Course = (request: Received, response: ServerResponse) => void;

export interface WebhookServer {
  readonly url: string;
  /** Every post that came, taken or not. */
  readonly received: readonly Received[];
  course: Course;
  /** Resolves when so many posts have come. */
  came(count: number): Promise<void>;
  stop(): Promise<void>;
}

const header = (request: IncomingMessage, name: string): string => String(request.headers[name] ?? '');

/** A receiver on loopback, on a port of its own or on the one that is given. */
export const startWebhookServer = async (t: TestContext, port = 0): Promise<WebhookServer> => {
  const received: Received[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const server = createServer(async (request, response) => {
    const post: Received = {
      type: header(request, 'x-wsus-bot-type'),
      seq: Number(header(request, 'x-wsus-bot-sequence')),
      body: await text(request),
      signature: header(request, 'x-wsus-bot-signature'),
    };
    received.push(post);
    hook.course(post, response);
    for (const { count, resolve } of waiting) if (received.length >= count) resolve();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  t.after(stop);
  const hook: WebhookServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/audit`,
    received,
    course: (_, response) => response.writeHead(204).end(),
    came: (count) =>
      received.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push({ count, resolve })),
    stop,
  };
  return hook;
};
