import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import restify from 'restify';
import type { Answers, TeamsBot } from './teams/teams-bot.ts';

/** Teams sends at most about 100 KB; log lines are pasted, files are not. */
const maxBodySize = 1_000_000;

/**
 * Teams compresses nothing. The body reader would unpack what comes without a limit, before anybody is known, and an error of
 * the unpacking would end the process.
 */
const refuseEncoded: restify.RequestHandler = (request, response, next) => {
  if (request.headers['content-encoding'] === undefined) return next();
  response.send(415, { error: 'the request was not worked on' });
  return next(false);
};

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Who works on the requests of the Bot Framework service. */
export interface Messages extends Answers {
  readonly bot: Pick<TeamsBot, 'process'>;
}

/**
 * The web server: POST /api/messages for the Bot Framework service, where somebody works on them; GET /healthz (the process
 * lives) and /readyz (the store answers). Errors are answered by their status alone, never by their text.
 */
export const startHttp = async (
  messages: Messages | undefined,
  isReady: () => Promise<boolean>,
  listen: { readonly host: string; readonly port: number },
): Promise<HttpServer> => {
  const server = restify.createServer({ name: 'wsus-bot', ignoreTrailingSlash: true });
  server.on('restifyError', (_request, response, error: { statusCode?: number }, done: () => void) => {
    response.send(error.statusCode ?? 500, { error: 'the request was not worked on' });
    done();
  });
  if (messages !== undefined) takeMessages(server, messages);
  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    response.send(200, { status: 'alive' });
  });
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    const ready = await isReady().catch(() => false);
    response.send(ready ? 200 : 503, { status: ready ? 'ready' : 'the store does not answer' });
  });
  server.listen(listen.port, listen.host);
  // It passes the events of its http server on; an error that nobody hears there would end the process.
  await once(server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.on('after', () => setImmediate(() => server.server.closeIdleConnections()));
      server.server.closeIdleConnections();
      await closed;
    },
  };
};

const takeMessages = (server: restify.Server, { bot, ...answers }: Messages): void => {
  server.post(
    '/api/messages',
    refuseEncoded,
    restify.plugins.bodyReader({ maxBodySize }),
    restify.plugins.jsonBodyParser(),
    async (request: restify.Request, response: restify.Response) => {
      const { body, headers, method } = request;
      const gone = new AbortController();
      response.once('close', () => {
        if (!response.writableFinished) gone.abort();
      });
      const given = { body, headers, ...(method === undefined ? {} : { method }) };
      await bot.process(given, response, answers, gone.signal);
    },
  );
};
