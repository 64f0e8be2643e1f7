import http, { type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { z } from 'zod';
import { AttemptFailed } from '../sending/attempt-failed.ts';

type ConnectorOptions = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>;
type HttpClient = NonNullable<ConnectorOptions['httpClient']>;
type HttpRequest = Parameters<HttpClient['sendRequest']>[0];
type HttpResponse = Awaited<ReturnType<HttpClient['sendRequest']>>;

/** How long the connector may take over one request, milliseconds. */
const patience = 15_000;
/** Its answers are an id, or a code and a sentence. */
const longestAnswer = 64 * 1024;

/**
 * How the SDK reaches the connector: each request once, over connections that are kept for a while. Everything but success is an
 * AttemptFailed, which the SDK's own policies let through: they would send a new message a second time after an answer that
 * says nothing about the first, and follow a redirect to wherever it points, token and all.
 */
export const connectorHttp = (): HttpClient => {
  // Shorter than what stands before a service keeps an idle connection: one that is closed as it is used loses what was sent.
  const agentOptions = { keepAlive: true, timeout: patience, maxSockets: 64, scheduling: 'lifo' as const };
  const agents = { 'http:': new http.Agent(agentOptions), 'https:': new https.Agent(agentOptions) };
  return {
    sendRequest: async (request) => {
      const { status, headers, body } = await exchange(request, agents);
      if (status < 200 || status > 299) throw failureOf(status, headers, body);
      const answered = request.headers.clone();
      for (const name of answered.headerNames()) answered.remove(name);
      answered.set('content-type', 'application/json');
      const bodyAsText = request.method === 'GET' ? body : takenOf(body);
      return { request, status, headers: answered, bodyAsText } satisfies HttpResponse;
    },
  };
};

const taken = z.object({ id: z.string().max(1_000).catch('') }).catch({ id: '' });

/** Nothing of it may make the SDK fail any more: the message is there. */
const takenOf = (body: string): string => JSON.stringify(taken.parse(jsonOf(body)));

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const exchange = (
  request: HttpRequest,
  agents: Readonly<Record<'http:' | 'https:', http.Agent>>,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const url = new URL(request.url);
    const isTls = url.protocol === 'https:';
    let isConnected = false;
    const fail = (cause: unknown) => reject(new AttemptFailed({ mayHaveArrived: isConnected }, cause));
    const sent = (isTls ? https : http).request(url, {
      method: request.method,
      headers: request.headers.toJson({ preserveCase: true }) as OutgoingHttpHeaders,
      // The SDK sets one where a proxy stands between (HTTPS_PROXY).
      agent: (request.agent as http.Agent | undefined) ?? agents[isTls ? 'https:' : 'http:'],
      signal: AbortSignal.timeout(patience),
    });
    sent.on('socket', (socket) => {
      const connected = () => {
        isConnected = true;
      };
      if (sent.reusedSocket) connected();
      else socket.once(isTls ? 'secureConnect' : 'connect', connected);
    });
    sent.on('error', fail);
    sent.on('response', (response) => {
      readAnswer(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        fail,
      );
    });
    sent.end(request.body);
  });

const readAnswer = async (response: IncomingMessage): Promise<string> => {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length > longestAnswer) throw new Error('reading an answer of the connector: it does not end');
  }
  return text;
};

/** `{"error":{"code":"…"}}`, with a nearer code within it at times: `{"subCode":"MessageWritesBlocked"}`. */
const code = z
  .string()
  .regex(/^[A-Za-z]{1,60}$/)
  .optional()
  .catch(undefined);
const refusal = z.object({
  error: z.object({ code, subCode: code }).optional().catch(undefined),
  code,
  subCode: code,
});

const failureOf = (status: number, headers: IncomingMessage['headers'], body: string): AttemptFailed => {
  const said = refusal.safeParse(jsonOf(body)).data;
  return new AttemptFailed({
    status,
    code: said?.error?.subCode ?? said?.error?.code ?? said?.subCode ?? said?.code,
    retryAfter: retryAfterOf(headers['retry-after']),
  });
};

const jsonOf = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** Seconds, as RFC 9110 10.2.3 has it beside a date; Teams sends seconds. Milliseconds here. */
const retryAfterOf = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,5}$/.test(header) ? Number(header) * 1_000 : undefined;
