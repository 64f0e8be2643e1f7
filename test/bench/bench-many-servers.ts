import { readsAtOnce } from '../../bot/reads-at-once.ts';
import { whyNoWinrmClient } from '../witness/winrm-client.ts';
import { type Client, type Errand, type Fleet, startFleet, startOurs, startPython } from './fleet/fleet.ts';
import { median } from './statistics.ts';
import { ratio, seconds, table } from './table.ts';

const servers = 500;
const atOnce = readsAtOnce.winrm;
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
  /** Bytes for each server whose session is open and idle: what the process has more than at its start. */
  readonly idle: number[];
  /** Bytes for each server that come back when all are closed. */
  readonly freed: number[];
}

/** Many practice servers checked by WSUS Bot and by python3-winrm, by turns, each in a fresh process; and what an idle session of each weighs. */
export const benchManyServers = async (): Promise<string> => {
  const why = whyNoWinrmClient();
  if (why !== undefined) return why;
  const fleet = await startFleet(servers);
  const [ours, python] = [nothing(), nothing()];
  const http: Bill[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      await checkAll(fleet, startOurs, ours, async (client) => {
        http.push(await billed(fleet, client, 'six-requests'));
      });
      await keepAll(fleet, startOurs, ours);
      await checkAll(fleet, () => startPython(fleet), python);
      await keepAll(fleet, () => startPython(fleet), python);
    }
  } finally {
    await fleet.stop();
  }
  return `${timeTable(ours, python, http)}\n\n${memoryTable(ours, python)}`;
};

const nothing = (): Measured => ({ first: [], again: [], warm: [], idle: [], freed: [] });

/** @param then is done in the same process at the end */
const checkAll = (
  fleet: Fleet,
  start: () => Client,
  { first, again }: Measured,
  then: (client: Client) => Promise<void> = async () => {},
): Promise<void> =>
  withClient(fleet, start, async (client) => {
    for (const bills of [first, again]) {
      bills.push(await billed(fleet, client, 'check'));
      await client.run('close');
    }
    await then(client);
  });

const keepAll = (fleet: Fleet, start: () => Client, { warm, idle, freed }: Measured): Promise<void> =>
  withClient(fleet, start, async (client) => {
    const before = await client.memory();
    await client.run('open');
    warm.push(await billed(fleet, client, 'check-warm'));
    const open = await client.memory();
    await client.run('close');
    idle.push((open - before) / servers);
    freed.push((open - (await client.memory())) / servers);
  });

const withClient = async (
  fleet: Fleet,
  start: () => Client,
  use: (client: Client) => Promise<void>,
): Promise<void> => {
  const client = start();
  try {
    await client.connect(fleet, atOnce);
    await use(client);
  } finally {
    await client.stop();
  }
};

const billed = async (fleet: Fleet, client: Client, errand: Errand): Promise<Bill> => {
  const before = await fleet.figures();
  const { wall, cpu } = await client.run(errand);
  return { wall, client: cpu, servers: (await fleet.figures()).cpu - before.cpu };
};

const timeTable = (ours: Measured, python: Measured, http: readonly Bill[]): string => {
  const row = (what: string, a: readonly Bill[], b: readonly Bill[]) => {
    const middle = (pick: (bill: Bill) => number) => {
      const [x, y] = [median(a.map(pick)), median(b.map(pick))];
      return { both: [seconds(x), seconds(y)], ratio: ratio(x, y) };
    };
    const [wall, client, server] = [
      middle((bill) => bill.wall),
      middle((bill) => bill.client),
      middle((bill) => bill.servers),
    ];
    return [what, ...wall.both, wall.ratio, client.both.join(', '), client.ratio, server.both.join(', ')];
  };
  return table(
    [
      `${servers} servers, ${atOnce} at once, median of ${rounds}`,
      'WSUS Bot',
      'python3-winrm',
      'ratio',
      'processor time of the clients',
      'ratio',
      'of the servers',
    ],
    [
      row('no connection yet, process just started', ours.first, python.first),
      row('no connection, process that did it before', ours.again, python.again),
      row('connection open', ours.warm, python.warm),
      row('six bare HTTP requests to each, beside `run_ps`', http, python.again),
    ],
  );
};

const memoryTable = (ours: Measured, python: Measured): string => {
  const [a, b] = [median(ours.idle), median(python.idle)];
  return table(
    ['memory (RSS after GC) for each idle server', 'WSUS Bot', 'python3-winrm', 'ratio'],
    [
      ['more than at the start of the process', kilobytes(a), kilobytes(b), ratio(a, b)],
      ['of it given back when all are closed', givenBack(ours), givenBack(python), ''],
    ],
  );
};

/** An allocator may keep all that it has. */
const givenBack = ({ freed }: Measured): string => kilobytes(Math.max(0, median(freed)));

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KB`;
