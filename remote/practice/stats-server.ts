import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PracticeStats } from './practice-host.ts';

export interface StatsServer {
  /** `http://127.0.0.1:<port>/stats/<name>` */
  urlOf(name: string): string;
  close(): Promise<void>;
}

interface Counted {
  readonly name: string;
  stats(): PracticeStats;
}

/** Answers GET /stats/<name> with what was done to that server, as JSON. Apart from WinRM, for whoever watches from outside. */
export async function startStatsServer(servers: () => readonly Counted[]): Promise<StatsServer> {
  const http = createServer((request, response) => {
    const name = /^\/stats\/([\w-]+)$/.exec(request.url ?? '')?.[1];
    const server = servers().find((candidate) => candidate.name === name);
    const known = server !== undefined && request.method === 'GET';
    // Not chained: restify, which the demo runs in the same process, replaces writeHead by one that returns nothing.
    response.writeHead(known ? 200 : 404, { 'Content-Type': 'application/json' });
    response.end(known ? JSON.stringify(server.stats()) : undefined);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    urlOf: (name) => `http://127.0.0.1:${port}/stats/${name}`,
    close: async () => {
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
}
