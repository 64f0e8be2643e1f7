import http from 'node:http';
import type { Response } from './judge.ts';

/** No answer at all, milliseconds. */
const silence = 60_000;

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** Posts the body of a request as it is, with a token. Rejects when there is no response. */
export const postActivity = (endpoint: string, body: Buffer, token: string): Promise<Response> =>
  new Promise((resolve, reject) => {
    const request = http.request(endpoint, {
      method: 'POST',
      agent,
      headers: {
        'content-type': 'application/json',
        'content-length': body.length,
        authorization: `Bearer ${token}`,
      },
      signal: AbortSignal.timeout(silence),
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      // The bot closed an idle connection at the moment in which it was used again.
      const wasIdle = error.code === 'ECONNRESET' && request.reusedSocket;
      if (wasIdle) postActivity(endpoint, body, token).then(resolve, reject);
      else reject(error);
    });
    request.on('response', (response) => {
      readAll(response).then((text) => resolve({ status: response.statusCode ?? 0, body: text }), reject);
    });
    request.end(body);
  });

const readAll = async (response: http.IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};
