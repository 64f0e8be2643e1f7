import type { TestContext } from 'node:test';
import { connect, createServer } from 'node:tls';
import type { Certificate } from '../../../kit/self-signed-certificate.ts';
import { listening } from './tls-peer.ts';

/** Somebody in between: opens the TLS with a certificate of their own and passes everything on over TLS of their own. */
export function startTlsRelay(t: TestContext, target: number, { key, cert }: Certificate): Promise<number> {
  const server = createServer({ key, cert }, (client) => {
    const behind = connect({ host: '127.0.0.1', port: target, rejectUnauthorized: false });
    client.pipe(behind).pipe(client);
    client.on('error', () => behind.destroy()).on('close', () => behind.destroy());
    behind.on('error', () => client.destroy()).on('close', () => client.destroy());
  });
  return listening(t, server);
}
