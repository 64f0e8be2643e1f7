import { createInterface } from 'node:readline';
import { connectWsusServer } from '../../../remote/connect-wsus-server.ts';
import { Turnstile } from '../../../remote/turnstile.ts';
import type { WinrmTarget, WsusServer } from '../../../remote/wsus-server.ts';
import type { ClientOrder, Cost } from './fleet.ts';

/** Of an order that costs something worth knowing, its cost. */
type ClientAnswer = Partial<Cost> & { readonly rss?: number };

/** WSUS Bot's client in a process of its own: one order a line on standard input, one answer a line on standard output. */
let servers: readonly WsusServer[] = [];

const each = async (task: (server: WsusServer) => Promise<unknown>): Promise<ClientAnswer> => {
  const from = { wall: performance.now(), cpu: process.cpuUsage() };
  await Promise.all(servers.map(task));
  const { user, system } = process.cpuUsage(from.cpu);
  return { wall: (performance.now() - from.wall) / 1000, cpu: (user + system) / 1e6 };
};

const connect = (targets: readonly WinrmTarget[], atOnce: number): ClientAnswer => {
  const turnstile = new Turnstile(atOnce);
  servers = targets.map((target) => connectWsusServer(target, { turnstile, idleTimeout: 600_000 }));
  return {};
};

const memory = (): ClientAnswer => {
  // The flavour gives what is free back to the system, which V8 would otherwise do in its own time.
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  return { rss: process.memoryUsage.rss() };
};

const answerTo = async (order: ClientOrder): Promise<ClientAnswer> => {
  switch (order.do) {
    case 'connect':
      return connect(order.targets as readonly WinrmTarget[], order.atOnce);
    case 'memory':
      return memory();
    case 'check':
    case 'check-warm':
    case 'open':
      return each((server) => server.report());
    case 'close':
      return each((server) => server.close());
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answerTo(JSON.parse(line) as ClientOrder))}\n`);
}
