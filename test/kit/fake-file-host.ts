import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, Agent as TlsAgent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connect } from 'node:tls';
import { selfSignedCertificate } from './self-signed-certificate.ts';

/** How the host answers to the request for a file. */
export type FileAnswer = (response: ServerResponse) => void | Promise<void>;

export interface FakeFileHost {
  /** The address of a file in the tenant's OneDrive, as Teams gives it. */
  readonly url: (path: string) => string;
  /** The same file over plain HTTP on loopback. */
  readonly loopbackUrl: (path: string) => string;
  /** The same file over TLS on loopback. */
  readonly localUrl: (path: string) => string;
  /** PEM, for whoever is to trust it. */
  readonly certificate: string;
  /** Leads every host name to this one, and trusts its certificate. */
  readonly agent: TlsAgent;
  readonly requests: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  give(path: string, answer: FileAnswer): void;
  /** Resolves when no connection is open any more. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export const tenantHost = 'contoso-my.sharepoint.com';

/** Stands for the SharePoint of a tenant: real TLS under its name, on loopback. What is not given is 404. */
export const startFakeFileHost = async (): Promise<FakeFileHost> => {
  const answers = new Map<string, FileAnswer>();
  const requests: { path: string; headers: IncomingHttpHeaders }[] = [];
  const listener: RequestListener = (request, response) => {
    const path = new URL(request.url ?? '/', 'http://host').pathname.slice(1);
    requests.push({ path, headers: request.headers });
    const answer = answers.get(path) ?? status(404);
    Promise.resolve(answer(response)).catch(() => response.destroy());
  };
  const certificate = selfSignedCertificate([tenantHost, '*.sharepoint.com', 'localhost']);
  const secure = createTlsServer(certificate, listener);
  const plain = createServer(listener);
  for (const server of [secure, plain]) server.listen(0, '127.0.0.1');
  await Promise.all([secure, plain].map((server) => once(server, 'listening')));
  const portOf = (server: typeof plain | typeof secure) => (server.address() as AddressInfo).port;
  const agent = new TlsAgent({ keepAlive: false });
  agent.createConnection = (options) =>
    connect({
      host: '127.0.0.1',
      port: portOf(secure),
      ca: certificate.cert,
      servername: String((options as { servername?: string }).servername),
    });
  const connections = (server: typeof plain | typeof secure): Promise<number> =>
    new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
  return {
    url: (path) => `https://${tenantHost}/${path}?tempauth=v1.secret`,
    loopbackUrl: (path) => `http://127.0.0.1:${portOf(plain)}/${path}`,
    localUrl: (path) => `https://localhost:${portOf(secure)}/${path}`,
    certificate: certificate.cert,
    agent,
    requests,
    give: (path, answer) => answers.set(path, answer),
    idle: async () => {
      while ((await connections(plain)) + (await connections(secure)) > 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    close: async () => {
      for (const server of [secure, plain]) {
        server.closeAllConnections();
        server.close();
      }
      agent.destroy();
      await Promise.all([secure, plain].map((server) => server.listening && once(server, 'close')));
    },
  };
};

/** The file, with its size. */
export const whole =
  (bytes: Uint8Array | string): FileAnswer =>
  (response) => {
    response.writeHead(200, { 'content-length': Buffer.byteLength(bytes) });
    response.end(bytes);
  };

/** Pieces one after the other, without a size unless it is given; each is sent when the iterable gives it. */
export const pieces =
  (all: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>, size?: number): FileAnswer =>
  async (response) => {
    response.writeHead(200, size === undefined ? {} : { 'content-length': size });
    response.flushHeaders();
    // One that goes away in the middle is no business of the host.
    await pipeline(Readable.from(all), response).catch(() => undefined);
  };

/** Says more bytes than come, and breaks off. */
export const brokenOff =
  (bytes: string): FileAnswer =>
  (response) => {
    response.writeHead(200, { 'content-length': bytes.length + 1_000 });
    response.write(bytes, () => response.destroy());
  };

/** The beginning, and then nothing more. */
export const stalled =
  (bytes: string): FileAnswer =>
  (response) => {
    response.writeHead(200, { 'content-length': bytes.length + 1_000 });
    response.write(bytes);
  };

/** Takes the request and says nothing. */
export const silent: FileAnswer = () => undefined;

export const redirectTo =
  (location: string): FileAnswer =>
  (response) => {
    response.writeHead(302, { location });
    response.end();
  };

export const status =
  (code: number): FileAnswer =>
  (response) => {
    response.writeHead(code, { 'content-type': 'text/plain' });
    response.end('not for you');
  };

/** Packed for the way: 64 MB of nothing in 64 KB. */
export const packed =
  (bytes: Uint8Array, encoding = 'gzip'): FileAnswer =>
  (response) => {
    response.writeHead(200, { 'content-length': bytes.length, 'content-encoding': encoding });
    response.end(bytes);
  };
