import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createServer as createSecureServer } from 'node:tls';
import { probeWinrm } from '../../remote/probe-winrm.ts';
import { selfSignedCertificate } from '../kit/self-signed-certificate.ts';
import { failure } from './failure.ts';

/** A listener of which every socket is given to this. */
async function listener(t: TestContext, take: (socket: Socket) => void): Promise<number> {
  const server = createServer(take).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

const probe = (port: number) =>
  probeWinrm({ name: 'wsus01', host: '127.0.0.1', port }, 5_000, { onSecured: () => {} });

test('a listener for TLS that closes on HTTP without a word is told from a lost connection', async (t) => {
  const { key, cert } = selfSignedCertificate(['localhost']);
  const secure = createSecureServer({ key, cert });
  const handshake = 0x16;
  const port = await listener(t, (socket) => {
    socket.once('data', (chunk) => {
      if (chunk[0] !== handshake) return socket.destroy();
      socket.pause();
      socket.unshift(chunk);
      secure.emit('connection', socket);
    });
  });
  const { code, outcome } = await failure(probe(port));
  assert.deepEqual([code, outcome], ['remote.wrong-scheme', 'not-sent']);
});

test('one that closes on everything is a lost connection', async (t) => {
  const port = await listener(t, (socket) => socket.once('data', () => socket.destroy()));
  assert.equal((await failure(probe(port))).code, 'remote.connection-lost');
});
