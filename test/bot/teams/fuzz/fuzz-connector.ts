import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buttonsOf } from '../../../kit/card-reader.ts';
import { connectorJudge } from '../../../kit/connector-judge.ts';
import { serverLine } from '../../diagnosis/samples.ts';
import { isName } from './judge.ts';
import { secretWord } from './sample-words.ts';
import { absentId, type Button, guestId, people } from './samples.ts';

/** Stands for the Bot Connector service over hundreds of thousands of messages: it keeps none of them. */
export interface FuzzConnector {
  readonly serviceUrl: string;
  /** Where a file lies that may be fetched. */
  readonly fileUrl: string;
  /** Conversations of which an activity spoke: nothing is posted elsewhere. */
  readonly known: Set<string>;
  posts(conversationId: string): number;
  /** Whether that activity is answered in a while; one without a name: whether anything is posted after so many posts. */
  answered(conversationId: string, activityId: unknown, after: number): Promise<boolean>;
  /** Resolves with the next thing that comes. Rejects when nothing does. */
  moved(): Promise<void>;
  /** Keeps the buttons of what is posted or replaced, until it is told otherwise. */
  keepButtons(kept: Button[] | undefined): void;
  close(): Promise<void>;
}

/** On a busy machine an answer takes its time. Milliseconds. */
const patience = 60_000;

const hour = 3_600_000;

const file = Buffer.from(`${serverLine({ host: 'elsewhere.example' })} ${secretWord}\n`);

const jsonOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
};

/** @param complain What Teams would not take. */
export const startFuzzConnector = async (complain: (what: string) => void): Promise<FuzzConnector> => {
  const judge = connectorJudge();
  const known = new Set<string>();
  const counts = new Map<string, number>();
  const answers = new Set<string>();
  const waiting = new Set<() => void>();
  let buttons: Button[] | undefined;
  let last = 0;

  const take = async (request: IncomingMessage, path: readonly string[], response: ServerResponse) => {
    const activity = await jsonOf(request);
    const [v3, conversations, conversationId = '', activities, activityId] = path;
    if (v3 !== 'v3' || conversations !== 'conversations' || activities !== 'activities' || path.length > 5) {
      complain(`an address that Teams does not have: ${request.method} ${request.url}`);
    }
    if (!known.has(conversationId)) complain(`posted to ${conversationId}, of which nobody spoke`);
    const told = judge.complaints.length;
    // Who speaks to whom is handed back as it came; Teams goes by the token and the address.
    const own = { id: '28:bot' };
    const whole = { ...activity, from: own, recipient: own, conversation: { id: conversationId } };
    // The rate is not looked at here.
    judge.judge(conversationId, whole, last * hour);
    for (const complaint of judge.complaints.slice(told))
      complain(`${complaint}: ${JSON.stringify(activity)}`);
    buttons?.push(...buttonsOf(activity).map((button) => ({ ...button, conversationId })));
    if (request.method === 'POST') {
      counts.set(conversationId, (counts.get(conversationId) ?? 0) + 1);
      if (activityId !== undefined) answers.add(`${conversationId}\n${activityId}`);
    }
    for (const look of [...waiting]) look();
    last += 1;
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ id: activityId ?? `m${last}` }));
  };

  /** GET v3/conversations/{conversationId}/members/{memberId} */
  const member = (id: string, response: ServerResponse): void => {
    const known = people.find((person) => person.id === id && id !== absentId);
    response.writeHead(known === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ ...known, userRole: id === guestId ? 'guest' : 'user' }));
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split('/').slice(1).map(decodeURIComponent);
    if (request.method !== 'GET') return take(request, path, response);
    if (request.url !== '/file' && (path.length !== 5 || path[3] !== 'members')) {
      complain(`an address that Teams does not have: GET ${request.url}`);
    }
    if (path[0] === 'v3') return member(path.at(-1) ?? '', response);
    response.writeHead(200, { 'Content-Length': file.length });
    response.end(file);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      complain(`${request.method} ${request.url}: ${String(error)}`);
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const posts = (conversationId: string) => counts.get(conversationId) ?? 0;
  return {
    serviceUrl: address,
    fileUrl: `${address}file`,
    known,
    posts,
    moved: () =>
      new Promise((resolve, reject) => {
        const look = () => {
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error('waiting for the bot: it posts nothing'));
        }, patience);
        waiting.add(look);
      }),
    answered: (conversationId, activityId, after) =>
      new Promise((resolve) => {
        const look = () => {
          const isThere = isName(activityId)
            ? answers.has(`${conversationId}\n${activityId}`)
            : posts(conversationId) > after;
          if (isThere) end(true);
        };
        const end = (isThere: boolean) => {
          clearTimeout(timer);
          waiting.delete(look);
          resolve(isThere);
        };
        const timer = setTimeout(() => end(false), patience);
        waiting.add(look);
        look();
      }),
    keepButtons: (kept) => {
      buttons = kept;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
