import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { functionNames } from '../../../remote/contract.ts';
import type { WinrmTarget } from '../../../remote/wsus-server.ts';
import { python, winrmClientEnvironment } from '../../witness/winrm-client.ts';
import { startAsked } from './asked-process.ts';
import type { FleetOrder } from './practice-fleet.ts';

/** What a client is told, one thing at a time. */
export type ClientOrder =
  | {
      readonly do: 'connect';
      readonly targets: readonly object[];
      readonly atOnce: number;
      /** What python3-winrm runs on each; WSUS Bot's client calls the function. */
      readonly script: string;
    }
  /** Resident set after a collection of garbage. */
  | { readonly do: 'memory' }
  /** Each target once, with no connection yet. */
  | { readonly do: 'check' }
  /** Leaves a connection open to each target. */
  | { readonly do: 'open' }
  /** Each target once over what `open` left. */
  | { readonly do: 'check-warm' }
  | { readonly do: 'close' }
  /** WSUS Bot's alone: six HTTP requests to each target that mean nothing, on a connection of its own. */
  | { readonly do: 'six-requests' };

export type Errand = Exclude<ClientOrder['do'], 'connect' | 'memory'>;

/** What all targets together cost, in seconds, the CPU time that of this client's process alone. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

export interface Client {
  connect(fleet: Fleet, atOnce: number, script?: string): Promise<void>;
  run(what: Errand): Promise<Cost>;
  /** Bytes. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

export interface Fleet {
  readonly targets: readonly WinrmTarget[];
  readonly folder: string;
  /** How the sign-in of all targets goes. */
  readonly signIn: SignIn;
  /** HTTP requests that all servers have read, and the CPU seconds of their process. */
  figures(): Promise<{ readonly requests: number; readonly cpu: number }>;
  stop(): Promise<void>;
}

type SignIn = 'ntlm' | 'basic';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Practice servers in a process of their own. */
export const startFleet = async (
  count: number,
  signIn: SignIn = 'ntlm',
  options: Omit<FleetOrder['options'], 'root'> = {},
): Promise<Fleet> => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-bench-'));
  const judge = startAsked(process.execPath, [pathOf('practice-fleet.ts')]);
  const order: FleetOrder = { count, options: { ...options, root: folder } };
  const targets = (await judge.ask(order)) as WinrmTarget[];
  if (options.tls !== undefined) writeFileSync(join(folder, 'ca.pem'), options.tls.certificate);
  return {
    targets,
    folder,
    signIn,
    figures: () => judge.ask('figures') as ReturnType<Fleet['figures']>,
    stop: async () => {
      await judge.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** WSUS Bot's client as the bot uses it: each target a server behind one turnstile. */
export const startOurs = (): Client =>
  startClient(process.execPath, ['--expose-gc', pathOf('our-client.ts')], undefined, ({ targets, signIn }) =>
    targets.map((target) => ({ ...target, auth: signIn })),
  );

/** python3-winrm: each target a session of its own, from a pool of threads. */
export const startPython = ({ folder }: Fleet): Client =>
  startClient(python, [pathOf('python_client.py')], winrmClientEnvironment(folder), (fleet) =>
    fleet.targets.map((target) => pythonTarget(target, fleet)),
  );

/** The same for python3-winrm. */
export const pythonTarget = ({ host, port, tls, account }: WinrmTarget, { folder, signIn }: Fleet) => ({
  url: `${tls === undefined ? 'http' : 'https'}://${host}:${port}/wsman`,
  user: signIn === 'ntlm' ? `${account.domain}\\${account.user}` : account.user,
  password: account.password,
  transport: signIn,
  ...(tls && { ca: join(folder, 'ca.pem') }),
});

const startClient = (
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> | undefined,
  targetsOf: (fleet: Fleet) => readonly object[],
): Client => {
  const client = startAsked(command, args, env === undefined ? {} : { env });
  const tell = (order: ClientOrder) => client.ask(order);
  return {
    connect: async (fleet, atOnce, script = functionNames.report) => {
      await tell({ do: 'connect', targets: targetsOf(fleet), atOnce, script });
    },
    run: (what) => tell({ do: what }) as Promise<Cost>,
    memory: async () => ((await tell({ do: 'memory' })) as { rss: number }).rss,
    stop: () => client.stop(),
  };
};
