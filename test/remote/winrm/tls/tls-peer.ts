import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import type { TestContext } from 'node:test';
import { WinrmConnection } from '../../../../remote/winrm/connection.ts';
import { plainMessages } from '../../../../remote/winrm/plain-messages.ts';
import type { TlsSettings } from '../../../../remote/winrm/tls/tls-settings.ts';
import { failure } from '../../failure.ts';

/** Listens on loopback until the test ends. */
export async function listening(t: TestContext, server: Server): Promise<number> {
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => void server.close());
  return (server.address() as AddressInfo).port;
}

interface Way {
  readonly port: number;
  readonly host?: string;
  readonly tls?: TlsSettings;
  readonly now?: () => number;
}

/** What comes of one message to a peer; a peer that answers nothing in TLS is met after all checks. */
export async function failureOf(t: TestContext, { port, host = 'localhost', tls, now = Date.now }: Way) {
  const connection = new WinrmConnection({
    host,
    port,
    tls,
    now,
    authenticate: () => ({
      signIn: async () => plainMessages(),
    }),
    connectTimeout: 5_000,
    requestTimeout: 5_000,
  });
  t.after(() => connection.destroy());
  const exchange = { plain: Buffer.from('hello'), doing: 'testing', deadline: now() + 10_000 };
  return failure(connection.exchange(exchange));
}
