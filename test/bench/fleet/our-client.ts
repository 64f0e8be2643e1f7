import { createInterface } from 'node:readline';
import { connectWsusServer } from '../../../remote/connect-wsus-server.ts';
import { Turnstile } from '../../../remote/turnstile.ts';
import { connectSocket } from '../../../remote/winrm/connect-socket.ts';
import { httpPost } from '../../../remote/winrm/http-post.ts';
import { PinnedSocketAgent } from '../../../remote/winrm/pinned-socket-agent.ts';
import type { WinrmTarget, WsusServer } from '../../../remote/wsus-server.ts';
import type { ClientOrder, Cost } from './fleet.ts';

/** Of an order that costs something worth knowing, its cost. */
type ClientAnswer = Partial<Cost> & { readonly rss?: number };

/** WSUS Bot's client in a process of its own: one order a line on standard input, one answer a line on standard output. */
let targets: readonly WinrmTarget[] = [];
let turnstile = new Turnstile(1);
let servers: readonly WsusServer[] = [];

const each = async <T>(things: readonly T[], task: (thing: T) => Promise<unknown>): Promise<ClientAnswer> => {
  const from = { wall: performance.now(), cpu: process.cpuUsage() };
  await Promise.all(things.map(task));
  const { user, system } = process.cpuUsage(from.cpu);
  return { wall: (performance.now() - from.wall) / 1000, cpu: (user + system) / 1e6 };
};

/** The HTTP of a check with no connection yet and nothing else of it: as many requests, about as long, which the server refuses without reading. */
const sixRequests = async ({ host, port }: WinrmTarget): Promise<void> => {
  const agent = new PinnedSocketAgent(await connectSocket({ host, port }, 10_000, 'measuring'));
  const body = Buffer.alloc(2_000);
  for (let request = 0; request < 6; request++)
    await httpPost({ agent, host, port, headers: {}, body, timeout: 10_000 });
  agent.destroy();
};

const connect = (order: Extract<ClientOrder, { do: 'connect' }>): ClientAnswer => {
  targets = order.targets as readonly WinrmTarget[];
  turnstile = new Turnstile(order.atOnce);
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
      return connect(order);
    case 'memory':
      return memory();
    case 'check':
    case 'check-warm':
    case 'open':
      return each(servers, (server) => server.report());
    case 'six-requests':
      return each(targets, (target) => turnstile.run(() => sixRequests(target)));
    case 'close':
      return each(servers, (server) => server.close());
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answerTo(JSON.parse(line) as ClientOrder))}\n`);
}
