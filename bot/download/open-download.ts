import { type Agent, type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { DownloadError } from './download-error.ts';
import type { MayFetch } from './file-places.ts';

export interface DownloadSettings {
  readonly mayFetch: MayFetch;
  /** Bytes of one file, at most. */
  readonly most: number;
  /** How long the host may say nothing, milliseconds. */
  readonly silence: number;
  /** How long one file may take in all, milliseconds. */
  readonly patience: number;
  /** The way to the host; node's own (and with it its proxy settings) when left out. */
  readonly agent?: Agent;
}

export const defaultDownload: Pick<DownloadSettings, 'most' | 'silence' | 'patience'> = {
  most: 1024 ** 3,
  silence: 30_000,
  patience: 15 * 60_000,
};

/** A file that comes in. */
export interface Download {
  /** Bytes, when the host says it. */
  readonly size: number | undefined;
  /** Can be read once, to its end. Left before that, the connection is closed. Throws a DownloadError. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

const mostRedirects = 3;

/**
 * Fetches a file with one GET, without any credentials: the address carries all that its host wants. A redirect is followed
 * to the same host only. Throws a DownloadError; when `signal` ends it, "download.stopped".
 */
export const openDownload = async (
  address: string,
  settings: DownloadSettings,
  signal: AbortSignal,
): Promise<Download> => {
  if (!URL.canParse(address)) throw new DownloadError('download.place');
  const late = AbortSignal.timeout(settings.patience);
  const end: End = { signal, late, any: AbortSignal.any([signal, late]), isSilent: false };
  let url = new URL(address);
  for (let redirects = 0; ; redirects += 1) {
    if (!settings.mayFetch(url))
      throw new DownloadError(redirects === 0 ? 'download.place' : 'download.moved');
    const { request, response } = await get(url, settings, end);
    const status = response.statusCode ?? 0;
    if (status === 200) return download(request, response, settings, end);
    request.destroy();
    if (status < 300 || status >= 400) {
      throw new DownloadError(gone.has(status) ? 'download.gone' : 'download.not-given');
    }
    const next = response.headers.location ?? '';
    if (redirects === mostRedirects || !URL.canParse(next, url)) throw new DownloadError('download.moved');
    const to = new URL(next, url);
    if (to.origin !== url.origin) throw new DownloadError('download.moved');
    url = to;
  }
};

/** A link that ran out, or a file that was moved or deleted. */
const gone = new Set([401, 403, 404, 410]);

/** What can end a download from this side. */
interface End {
  readonly signal: AbortSignal;
  readonly late: AbortSignal;
  readonly any: AbortSignal;
  /** The host said nothing for too long. */
  isSilent: boolean;
}

const get = (
  url: URL,
  { agent, silence }: DownloadSettings,
  end: End,
): Promise<{ request: ClientRequest; response: IncomingMessage }> =>
  new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      ...(agent === undefined ? {} : { agent }),
      signal: end.any,
      // What is packed for the way could unpack to anything.
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'wsus-bot' },
    });
    request.setTimeout(silence, () => {
      // Kept apart: once the answer has begun, its reader hears of a broken connection and no more.
      end.isSilent = true;
      request.destroy();
    });
    request.on('response', (response) => resolve({ request, response }));
    // Stays: a host that goes on talking after its answer must not end the process.
    request.on('error', (error) => reject(whatEnded(error, end, 'download.unreachable')));
    request.end();
  });

const download = (
  request: ClientRequest,
  response: IncomingMessage,
  settings: DownloadSettings,
  end: End,
): Download => {
  const { headers } = response;
  const encoding = headers['content-encoding'];
  const said = headers['content-length'];
  const size = said === undefined ? undefined : Number(said);
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    request.destroy();
    throw new DownloadError('download.not-given');
  }
  if (size !== undefined && size > settings.most) {
    request.destroy();
    throw new DownloadError('download.too-large');
  }
  return { size, bytes: bytesOf(request, response, settings.most, end) };
};

async function* bytesOf(
  request: ClientRequest,
  response: IncomingMessage,
  most: number,
  end: End,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  try {
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      read += chunk.length;
      if (read > most) throw new DownloadError('download.too-large');
      yield chunk;
    }
  } catch (error) {
    throw whatEnded(error, end, 'download.cut-short');
  } finally {
    request.destroy();
  }
}

const whatEnded = (
  error: unknown,
  { signal, late, isSilent }: End,
  otherwise: DownloadError['code'],
): DownloadError => {
  if (signal.aborted) return new DownloadError('download.stopped');
  if (late.aborted) return new DownloadError('download.too-slow');
  if (isSilent) return new DownloadError('download.stalled');
  return error instanceof DownloadError ? error : new DownloadError(otherwise, error);
};
