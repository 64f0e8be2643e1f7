import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ConnectorJudge, connectorJudge } from './connector-judge.ts';

export interface ShownMessage {
  readonly id: string;
  readonly conversationId: string;
  /** The activity that it answers to, when it says so. */
  readonly replyToId: string | undefined;
  /** What a person sees now: the newest version. */
  activity: Record<string, unknown>;
  /** Every version, oldest first. */
  readonly versions: Record<string, unknown>[];
}

/** One request that came, whatever became of it. */
export interface ConnectorRequest {
  readonly method: string;
  readonly conversationId: string;
  /** The message that is replaced, or that is answered. */
  readonly activityId: string | undefined;
  readonly activity: Record<string, unknown>;
  readonly at: number;
}

/** What a connector does instead of taking a message. */
export type Fault = {
  /** The message is there all the same. */
  readonly taken?: true;
} & (
  | { readonly status: number; readonly code?: string; readonly retryAfter?: number }
  /** The connection breaks without an answer. */
  | { readonly status: 'broken' }
);

/**
 * Stands for the Bot Connector service: keeps what the bot posts and replaces, and holds all of it to what Teams takes. Loopback
 * only.
 */
export interface FakeConnector {
  readonly serviceUrl: string;
  readonly messages: readonly ShownMessage[];
  readonly requests: readonly ConnectorRequest[];
  /** The Authorization header of every request, in order. */
  readonly authorizations: readonly (string | undefined)[];
  /** What it says of the members of a chat, by their id; of everybody else that they are people of the tenant. Null: nothing. */
  readonly members: Map<string, Readonly<Record<string, unknown>> | null>;
  readonly judge: Pick<ConnectorJudge, 'complaints' | 'busiest'>;
  /** From now on, for each request: the fault that it gets, or undefined. */
  failWith(fault: (request: ConnectorRequest) => Fault | undefined): void;
  /** A person sent that activity: answers to others are complained of, in a conversation where this was called. */
  expect(conversationId: string, activityId: string): void;
  /** Resolves with the first message, now or later, that satisfies the condition. */
  until(wanted: (message: ShownMessage) => boolean, what: string): Promise<ShownMessage>;
  close(): Promise<void>;
}

/** A wait that fails says what was there instead. */
const patience = 120_000;

// Not chained: restify, in the same process, replaces writeHead by one that returns nothing.
const send = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

const refuse = (response: ServerResponse, fault: Extract<Fault, { status: number }>): void => {
  const { status, code = 'ServiceError', retryAfter } = fault;
  const headers = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  send(response, status, { error: { code, message: 'a fault on demand' } }, headers);
};

export const startFakeConnector = async (): Promise<FakeConnector> => {
  const messages: ShownMessage[] = [];
  const byId = new Map<string, ShownMessage>();
  const requests: ConnectorRequest[] = [];
  const authorizations: (string | undefined)[] = [];
  const members: FakeConnector['members'] = new Map();
  const expected = new Map<string, Set<string>>();
  const judge = connectorJudge();
  const waiting = new Set<() => void>();
  let faultOf: (request: ConnectorRequest) => Fault | undefined = () => undefined;
  const changed = () => {
    for (const look of [...waiting]) look();
  };

  const read = async (request: IncomingMessage, at: number): Promise<ConnectorRequest> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const activity = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
    const [, conversationId = '', , activityId] = (request.url ?? '')
      .split('/')
      .slice(2)
      .map(decodeURIComponent);
    return { method: request.method ?? '', conversationId, activityId, activity, at };
  };

  const judgeIds = ({ method, conversationId, activityId, activity }: ConnectorRequest): void => {
    const known = expected.get(conversationId);
    if (method === 'POST' && activityId !== undefined && known?.has(activityId) === false) {
      judge.complain(`ids: an answer to ${activityId}, which nobody sent in ${conversationId}`);
    }
    const named = activity.conversation as { readonly id?: unknown } | undefined;
    if (named?.id !== conversationId) judge.complain(`ids: ${String(named?.id)} posted to ${conversationId}`);
  };

  /** The id of the message that is there now; undefined when it replaces one that is not. */
  const take = ({ method, conversationId, activityId, activity }: ConnectorRequest): string | undefined => {
    if (method === 'PUT') {
      const known = byId.get(activityId ?? '');
      if (known === undefined) return undefined;
      known.activity = activity;
      known.versions.push(activity);
      return known.id;
    }
    const id = `m${messages.length + 1}`;
    const message = { id, conversationId, replyToId: activityId, activity, versions: [activity] };
    byId.set(id, message);
    messages.push(message);
    return id;
  };

  /** GET v3/conversations/{conversationId}/members/{memberId} */
  const sendMember = (url: string, response: ServerResponse): void => {
    const id = decodeURIComponent(url.split('/').at(-1) ?? '');
    const member = members.get(id);
    if (member === null) send(response, 404, {});
    else send(response, 200, { id, name: 'A person', userRole: 'user', ...member });
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    authorizations.push(incoming.headers.authorization);
    if (incoming.method === 'GET') return sendMember(incoming.url ?? '', response);
    const request = await read(incoming, performance.now());
    requests.push(request);
    judge.judge(request.conversationId, request.activity, request.at);
    judgeIds(request);
    const fault = faultOf(request);
    const id = fault === undefined || fault.taken === true ? take(request) : undefined;
    if (fault?.status === 'broken') response.destroy();
    else if (fault !== undefined) refuse(response, fault);
    else if (id !== undefined) send(response, 200, { id });
    else refuse(response, { status: 404, code: 'ActivityNotFoundInConversation' });
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
    requests,
    authorizations,
    members,
    judge,
    failWith: (fault) => {
      faultOf = fault;
    },
    expect: (conversationId, activityId) => {
      const known = expected.get(conversationId) ?? new Set();
      expected.set(conversationId, known.add(activityId));
    },
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
      // Whatever a test looks at, what its bot sent is what Teams would take.
      if (judge.complaints.length > 0) {
        throw new Error(`what Teams would not take:\n${judge.complaints.slice(0, 20).join('\n')}`);
      }
    },
  };
};
