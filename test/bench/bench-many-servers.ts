import { whyNoWinrmClient } from '../witness/winrm-client.ts';
import { type Client, type Errand, type Fleet, startFleet, startOurs, startPython } from './fleet/fleet.ts';
import { median } from './statistics.ts';
import { ratio, seconds, table } from './table.ts';

const servers = 500;
const atOnce = 50;
const rounds = 3;

/** What one errand to every server took: the whole, and the processor time of the client and of the servers, seconds. */
interface Bill {
  readonly wall: number;
  readonly client: number;
  readonly servers: number;
}

interface Measured {
  /** No connection yet, in a process that has just started. */
  readonly first: Bill[];
  /** No connection, in a process that has done the same before. */
  readonly again: Bill[];
  readonly warm: Bill[];
  /** Bytes for each server whose session is open and idle: more than when the process started, and what comes back when they are closed. */
  readonly idle: number[];
  readonly freed: number[];
}

/** Many practice servers checked by WSUS Bot and by python3-winrm, by turns, each in a fresh process; and what an idle session of each weighs. */
export const benchManyServers = async (): Promise<string> => {
  const why = whyNoWinrmClient();
  if (why !== undefined) return why;
  const fleet = await startFleet(servers);
  const [ours, python] = [nothing(), nothing()];
  try {
    for (let round = 0; round < rounds; round++) {
      await measure(fleet, startOurs, ours);
      await measure(fleet, () => startPython(fleet), python);
    }
  } finally {
    await fleet.stop();
  }
  const row = (what: string, pick: (measured: Measured) => number[], show = seconds) => {
    const [a, b] = [median(pick(ours)), median(pick(python))];
    return [what, show(a), show(b), ratio(a, b)];
  };
  const bill = (what: string, of: 'first' | 'again' | 'warm') => [
    row(`${what}: time`, (measured) => measured[of].map(({ wall }) => wall)),
    row(`${what}: processor time of the client`, (measured) => measured[of].map(({ client }) => client)),
    row(`${what}: processor time of the servers`, (measured) => measured[of].map((one) => one.servers)),
  ];
  return table(
    [`${servers} servers, ${atOnce} at once, median of ${rounds}`, 'WSUS Bot', 'python3-winrm', 'ratio'],
    [
      ...bill('no connection yet, process just started', 'first'),
      ...bill('no connection, process at work before', 'again'),
      ...bill('connection open', 'warm'),
      row('memory for an idle server, since the start', ({ idle }) => idle, kilobytes),
      ['of it given back when all are closed', ...[ours, python].map(givenBack), ''],
    ],
  );
};

const nothing = (): Measured => ({ first: [], again: [], warm: [], idle: [], freed: [] });

const measure = async (
  fleet: Fleet,
  start: () => Client,
  { first, again, warm, idle, freed }: Measured,
): Promise<void> => {
  await withClient(fleet, start, async (client) => {
    for (const bills of [first, again]) {
      bills.push(await billed(fleet, client, 'check'));
      await client.run('close');
    }
  });
  await withClient(fleet, start, async (client) => {
    const before = await client.memory();
    await client.run('open');
    warm.push(await billed(fleet, client, 'check-warm'));
    const open = await client.memory();
    await client.run('close');
    idle.push((open - before) / servers);
    freed.push((open - (await client.memory())) / servers);
  });
};

const withClient = async <T>(
  fleet: Fleet,
  start: () => Client,
  use: (client: Client) => Promise<T>,
): Promise<T> => {
  const client = start();
  try {
    await client.connect(fleet, atOnce);
    return await use(client);
  } finally {
    await client.stop();
  }
};

const billed = async (fleet: Fleet, client: Client, errand: Errand): Promise<Bill> => {
  const before = await fleet.figures();
  const { wall, cpu } = await client.run(errand);
  return { wall, client: cpu, servers: (await fleet.figures()).cpu - before.cpu };
};

/** CPython mostly keeps what it has; then nothing came back. */
const givenBack = ({ freed }: Measured): string => kilobytes(Math.max(0, median(freed)));

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KB`;
