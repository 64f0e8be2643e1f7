import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ShownMessage {
  readonly id: string;
  readonly conversationId: string;
  /** What a person sees now: the newest version. */
  activity: Record<string, unknown>;
  /** Every version, oldest first. */
  readonly versions: Record<string, unknown>[];
}

/** Stands for the Bot Connector service: keeps what the bot posts and replaces. Loopback only. */
export interface FakeConnector {
  readonly serviceUrl: string;
  readonly messages: readonly ShownMessage[];
  /** The Authorization header of every request, in order. */
  readonly authorizations: readonly (string | undefined)[];
  /** What it says of the members of a chat, by their id; of everybody else that they are people of the tenant. Null: nothing. */
  readonly members: Map<string, Readonly<Record<string, unknown>> | null>;
  /** Resolves with the first message, now or later, that satisfies the condition. */
  until(wanted: (message: ShownMessage) => boolean, what: string): Promise<ShownMessage>;
  close(): Promise<void>;
}

/** A wait that fails says what was there instead. */
const patience = 120_000;

// Not chained: restify, in the same process, replaces writeHead by one that returns nothing.
const send = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
};

export const startFakeConnector = async (): Promise<FakeConnector> => {
  const messages: ShownMessage[] = [];
  const authorizations: (string | undefined)[] = [];
  const members: FakeConnector['members'] = new Map();
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const look of [...waiting]) look();
  };
  /** GET v3/conversations/{conversationId}/members/{memberId} */
  const sendMember = (url: string, response: ServerResponse): void => {
    const id = decodeURIComponent(url.split('/').at(-1) ?? '');
    const member = members.get(id);
    if (member === null) send(response, 404, {});
    else send(response, 200, { id, name: 'A person', userRole: 'user', ...member });
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    authorizations.push(request.headers.authorization);
    if (request.method === 'GET') return sendMember(request.url ?? '', response);
    const activity = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
    const [, conversationId = '', , activityId] = (request.url ?? '')
      .split('/')
      .slice(2)
      .map(decodeURIComponent);
    let id = activityId ?? '';
    const known = messages.find((message) => message.id === id);
    if (request.method === 'PUT' && known !== undefined) {
      known.activity = activity;
      known.versions.push(activity);
    } else if (request.method === 'POST') {
      id = `m${messages.length + 1}`;
      messages.push({ id, conversationId, activity, versions: [activity] });
    } else {
      return send(response, 404, {});
    }
    send(response, 200, { id });
    changed();
  };
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    messages,
    authorizations,
    members,
    until: (wanted, what) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = messages.find(wanted);
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          const seen = messages.map(({ activity }) => activity.summary ?? activity.text);
          reject(new Error(`waiting for ${what}; the chat shows:\n${seen.join('\n')}`));
        }, patience);
        waiting.add(look);
        look();
      }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
