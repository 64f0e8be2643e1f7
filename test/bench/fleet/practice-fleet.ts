import { subscribe } from 'node:diagnostics_channel';
import { createInterface } from 'node:readline';
import { practiceServers } from '../../../remote/practice/practice-servers.ts';
import { type StartOptions, startPracticeServers } from '../../../remote/practice/start-practice-servers.ts';

/** What the practice servers are to be. */
export interface FleetOrder {
  readonly count: number;
  readonly options: Pick<StartOptions, 'engine' | 'tls' | 'root'>;
}

/**
 * So many practice servers in a process of their own, a port each, so that what they need is charged to no client. All are wsus03, the healthy
 * one. The first line on standard input orders them, each further one asks for the figures so far.
 */
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async (): Promise<string | undefined> => {
  const { value, done } = await lines.next();
  return done ? undefined : value;
};
const say = (answer: unknown): boolean => process.stdout.write(`${JSON.stringify(answer)}\n`);

let requests = 0;
// Node.js tells of each request that it has read, in TLS too.
subscribe('http.server.request.start', () => {
  requests += 1;
});
const { count, options } = JSON.parse((await next()) ?? '') as FleetOrder;
const [healthy] = practiceServers.filter(({ state }) => state === 'healthy');
if (healthy === undefined) throw new Error('looking for the healthy practice server: there is none');
const specs = Array.from({ length: count }, (_, index) => ({ ...healthy, name: `wsus${index}` }));
const practice = await startPracticeServers({ ...options, specs });
say(practice.servers.map(({ target }) => target));
while ((await next()) !== undefined) {
  const { user, system } = process.cpuUsage();
  say({ requests, cpu: (user + system) / 1e6 });
}
await practice.close();
