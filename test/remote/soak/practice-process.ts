import type { StartedPracticeServer } from '../../../remote/practice/start-practice-servers.ts';
import { startPracticeServers } from '../../../remote/practice/start-practice-servers.ts';
import type { Certificate } from '../../kit/self-signed-certificate.ts';
import { practiceGroups } from './practice-groups.ts';
import type { Order, OrderAnswer, PracticeReady, ServerEvent } from './practice-orders.ts';

/**
 * The practice servers of the soak in a process of their own, so that their memory and their sockets are not the client's. Does what its
 * parent says over IPC, and ends with it.
 */
const minute = 60_000;
let clockAhead = 0;
const now = () => new Date(Date.now() + clockAhead);

const events: Readonly<Record<ServerEvent, (server: StartedPracticeServer) => void>> = {
  'WinRM restarts': (server) => {
    server.endShells();
    server.dropConnections();
  },
  'shells end': (server) => server.endShells(),
  'connections drop': (server) => server.dropConnections(),
  'processes of the shells die': (server) => server.killEngine(),
};

async function start(certificate: Certificate): Promise<PracticeReady> {
  const servers = new Map<string, StartedPracticeServer>();
  const ready: PracticeReady['servers'][number][] = [];
  for (const { specs, overTls, quota } of practiceGroups) {
    const tls = overTls && { key: certificate.key, certificate: certificate.cert, ...overTls };
    const practice = await startPracticeServers({ specs, now, shellsPerUser: quota, ...(tls && { tls }) });
    process.once('disconnect', () => void practice.close());
    for (const server of practice.servers) {
      servers.set(server.name, server);
      const { name, kind, webConfig, folder, target } = server;
      ready.push({ name, state: kind, quota, webConfig, log: folder.log, target });
    }
  }
  process.on('message', (order: Order) => process.send?.(obey(order, servers)));
  return { servers: ready };
}

function obey(order: Order, servers: ReadonlyMap<string, StartedPracticeServer>): OrderAnswer {
  const { id, name } = order;
  const server = servers.get(name);
  if (server === undefined) throw new Error(`no practice server is ${name}`);
  switch (order.kind) {
    case 'misbehave':
      server.misbehave(order.rules);
      break;
    case 'event':
      events[order.event](server);
      break;
    case 'a minute passes':
      clockAhead += minute;
      break;
    case 'count':
      break;
  }
  return { id, shells: server.shells() };
}

process.once('message', (certificate: Certificate) => {
  void start(certificate).then((ready) => process.send?.(ready));
});
