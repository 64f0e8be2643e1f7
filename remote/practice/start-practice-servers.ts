import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FrontTls } from './front/front-tls.ts';
import type { OnMessage } from './front/misbehaviour-table.ts';
import type { PracticeAccount } from './front/ntlm-acceptor.ts';
import { findPowershell, type Powershell, powershellMissing } from './powershell/find-powershell.ts';
import type { ExtraModule } from './powershell/session-configuration.ts';
import {
  type EngineKind,
  type PracticeEndpoint,
  type PracticeServer,
  type PracticeServerOptions,
  startPracticeServer,
} from './practice-server.ts';
import { type PracticeServerSpec, practiceServers } from './practice-servers.ts';
import { startStatsServer } from './stats-server.ts';

export interface StartOptions {
  /** What executes calls: the simulation unless given. */
  readonly engine?: EngineKind;
  /** The session configuration that the targets name: `WsusBot` unless given. `Microsoft.PowerShell` needs the engine powershell. */
  readonly endpoint?: PracticeEndpoint;
  /** Which PowerShell is the engine; the one that is found unless given. */
  readonly powershell?: Powershell;
  /** Modules beside the shipped one in the sessions of the engine powershell. */
  readonly extraModules?: readonly ExtraModule[];
  /** The servers' clock. The real one unless given. */
  readonly now?: () => Date;
  /** How long a restart takes: about 2000 for people to see the steps, 0 (the default) for tests. */
  readonly restartMilliseconds?: number;
  /** Directory for the folders that stand for the disks; the system's temporary one unless given. */
  readonly root?: string;
  /** Which servers; all seven unless given. */
  readonly specs?: readonly PracticeServerSpec[];
  /** Shells that one user may have open at once; 30 unless given. */
  readonly shellsPerUser?: number;
  /** WinRM port of the first server, the next ones following; any free ones unless given. */
  readonly port?: number;
  /** What is another about the bot's account on each: its names, its password, what it may use. */
  readonly account?: Partial<PracticeAccount>;
  /** HTTPS in place of HTTP. The certificate must be for `localhost`; the targets trust it. */
  readonly tls?: FrontTls;
  readonly onMessage?: OnMessage;
}

export type StartedPracticeServer = PracticeServer & {
  /** GET → {"restarts":n,"writes":n} */
  readonly statsUrl: string;
};

export interface PracticeServers {
  readonly servers: readonly StartedPracticeServer[];
  /** The server of that name. Throws when there is none. */
  server(name: string): StartedPracticeServer;
  /** Stops them all and removes their folders. */
  close(): Promise<void>;
}

/**
 * Starts practice servers on loopback, each with its own folder, and one address for their counts.
 * @throws Error when the engine is powershell and there is none
 */
export async function startPracticeServers(options: StartOptions = {}): Promise<PracticeServers> {
  const started: PracticeServer[] = [];
  try {
    for (const [index, spec] of (options.specs ?? practiceServers).entries()) {
      started.push(await startPracticeServer(spec, optionsOf(options, index)));
    }
  } catch (error) {
    await Promise.all(started.map((server) => server.close()));
    throw error;
  }
  const stats = await startStatsServer(() => started);
  const servers = started.map((server) => ({ ...server, statsUrl: stats.urlOf(server.name) }));
  return {
    servers,
    server(name) {
      const found = servers.find((server) => server.name === name);
      if (found === undefined) throw new Error(`looking for practice server ${name}: it was not started`);
      return found;
    },
    async close() {
      await stats.close();
      await Promise.all(started.map((server) => server.close()));
    },
  };
}

function optionsOf(options: StartOptions, index: number): PracticeServerOptions {
  return {
    ...engineOf(options),
    endpoint: options.endpoint ?? 'WsusBot',
    now: options.now ?? (() => new Date()),
    restartMilliseconds: options.restartMilliseconds ?? 0,
    randomBytes,
    wait,
    ...(options.root === undefined ? {} : { root: options.root }),
    ...(options.port === undefined ? {} : { port: options.port + index }),
    ...(options.shellsPerUser === undefined ? {} : { shellsPerUser: options.shellsPerUser }),
    ...(options.account === undefined ? {} : { account: options.account }),
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    ...(options.onMessage === undefined ? {} : { onMessage: options.onMessage }),
  };
}

function engineOf(options: StartOptions): Pick<PracticeServerOptions, 'powershell' | 'extraModules'> {
  if ((options.engine ?? 'simulated') === 'simulated') return {};
  const powershell = options.powershell ?? findPowershell();
  if (powershell === undefined) throw new Error(powershellMissing);
  return { powershell, extraModules: options.extraModules ?? [] };
}

async function wait(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds, undefined, { ref: false });
}
