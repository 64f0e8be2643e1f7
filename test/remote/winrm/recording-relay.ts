import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Relay {
  readonly port: number;
  /** Every byte that passed, in the order it came. */
  recorded(): { readonly fromClient: Buffer; readonly fromServer: Buffer };
  /** Ends every connection towards the client, and waits until the client has closed its side. */
  endConnections(): Promise<void>;
  close(): Promise<void>;
}

/** A TCP relay on loopback in front of a port: what it records is what anybody on the network could read. */
export async function startRelay(target: number): Promise<Relay> {
  const fromClient: Buffer[] = [];
  const fromServer: Buffer[] = [];
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect(target, '127.0.0.1');
    clients.add(client);
    client.on('data', (bytes: Buffer) => fromClient.push(bytes));
    behind.on('data', (bytes: Buffer) => fromServer.push(bytes));
    client.pipe(behind).pipe(client);
    for (const [socket, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
    client.on('close', () => clients.delete(client));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    recorded: () => ({ fromClient: Buffer.concat(fromClient), fromServer: Buffer.concat(fromServer) }),
    endConnections: async () => {
      const closed = [...clients].map((client) => once(client, 'close'));
      for (const client of clients) client.end();
      await Promise.all(closed);
    },
    close: async () => {
      for (const client of clients) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
