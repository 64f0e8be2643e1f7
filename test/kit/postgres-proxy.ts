import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What a proxy does with a COMMIT that passes through it, and with its connection. */
export type CommitFate =
  | 'passes'
  /** The server never hears of it; both sides lose the connection. */
  | 'question-lost'
  /** The server never hears of it and keeps its side open. */
  | 'question-lost-server-waits'
  /** The server did it; the client loses the connection instead of hearing so. */
  | 'answer-lost'
  /** The server did it; the client hears nothing more. */
  | 'answer-silent';

/** A wire between bot and PostgreSQL that can be cut at the worst moment. */
export interface PostgresProxy {
  readonly port: number;
  /** Of the next COMMIT; what comes after it passes again. */
  fate: CommitFate;
  /** New connections are closed at once. */
  refuses: boolean;
  /** Connections that passed through it so far. */
  readonly connections: number;
  /** Ends every connection, as a firewall does with what it has forgotten. */
  cut(): void;
  close(): Promise<void>;
}

/** A simple query of the protocol: 'Q', length, text, zero. */
const commit = Buffer.from('commit\0');

export const startPostgresProxy = async (target: number): Promise<PostgresProxy> => {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    if (proxy.refuses) {
      client.destroy();
      return;
    }
    connections++;
    const upstream = connect(target, '127.0.0.1');
    let answers: 'pass' | 'cut' | 'swallow' = 'pass';
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => {});
    }
    client.on('data', (data: Buffer) => {
      const fate = data.includes(commit) ? proxy.fate : 'passes';
      if (fate !== 'passes') proxy.fate = 'passes';
      if (fate === 'question-lost') {
        client.destroy();
        upstream.destroy();
        return;
      }
      if (fate === 'question-lost-server-waits') {
        answers = 'swallow';
        client.destroy();
        return;
      }
      if (fate === 'answer-lost') answers = 'cut';
      if (fate === 'answer-silent') answers = 'swallow';
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (answers === 'pass') client.write(data);
      if (answers === 'cut') client.destroy();
    });
    client.on('close', () => {
      open.delete(client);
      if (answers !== 'swallow') upstream.destroy();
    });
    upstream.on('close', () => {
      open.delete(upstream);
      client.destroy();
    });
  });
  let connections = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const proxy: PostgresProxy = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    fate: 'passes',
    refuses: false,
    get connections() {
      return connections;
    },
    cut: () => {
      for (const socket of open) socket.destroy();
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
  return proxy;
};
