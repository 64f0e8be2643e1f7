import { existsSync, readFileSync } from 'node:fs';
import type { ServerTarget } from '../wsus-server.ts';
import type { PracticeAccount } from './front/ntlm-acceptor.ts';
import { startWinrmFront, type WinrmFront } from './front/winrm-front.ts';
import { SimulatedHost } from './host/simulated-host.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import { makePracticeFolder, type PracticeFolder } from './practice-folder.ts';
import type { Limits, PracticeServerSpec, PracticeState } from './practice-servers.ts';
import { createSimulatedEngine } from './simulated-engine.ts';
import { unusedPort } from './unused-port.ts';

/** What `GET <stats>` answers. */
export interface PracticeStats {
  /** Restarts of the web service since the server was made. */
  readonly restarts: number;
  /** Times Web.config was replaced. */
  readonly writes: number;
}

/** A stand-in for a WSUS server, listening on loopback. */
export interface PracticeServer {
  readonly name: string;
  readonly kind: PracticeState;
  /** The state in short words: "limit too low". */
  readonly state: string;
  /** What the bot is told: where the server is and how to sign in. */
  readonly target: ServerTarget;
  /** Paths on this machine's disk. */
  readonly folder: PracticeFolder;
  readonly webConfig: string;
  /** `http://127.0.0.1:<port>/wsman`; nobody listens there when the server cannot be reached. */
  readonly winrm: string;
  stats(): PracticeStats;
  /** The limits that the running worker process has read from Web.config. */
  effectiveLimits(): Limits;
  /** What goes wrong from now on, in place of what was set before; an empty list for nothing. */
  misbehave(misbehaviours: readonly Misbehaviour[]): void;
  /** Closes every connection; shells and state stay. */
  dropConnections(): void;
  /** Stops listening and removes the folder. */
  close(): Promise<void>;
}

export interface PracticeServerOptions {
  readonly now: () => Date;
  readonly restartMilliseconds: number;
  readonly randomBytes: (size: number) => Buffer;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Directory for the folders that stand for the disks; the system's temporary one unless given. */
  readonly root?: string;
  readonly port?: number;
  readonly shellsPerUser?: number;
}

/** The session configuration of every practice server. */
const practiceEndpoint = 'WsusBot';
const workerPid = 4812;

/** Makes and starts one practice server. */
export async function startPracticeServer(
  spec: PracticeServerSpec,
  options: PracticeServerOptions,
): Promise<PracticeServer> {
  const { now, wait, restartMilliseconds } = options;
  const folder = await makePracticeFolder(spec, workerPid, now(), options.root);
  const host = new SimulatedHost({ spec, folder, workerPid, now, wait, restartMilliseconds });
  const accounts = makeAccounts(options.randomBytes);
  const front =
    spec.state === 'unreachable' ? await noFront() : await startFront(spec, host, accounts, options);
  return {
    name: spec.name,
    kind: spec.state,
    state: spec.label,
    target: targetOf(spec, front.port, accounts.bot, options.randomBytes),
    folder,
    webConfig: folder.webConfig,
    winrm: front.url,
    stats: () => ({ restarts: host.restarts.length, writes: host.writes }),
    effectiveLimits: () => host.effectiveLimits,
    misbehave(misbehaviours) {
      front.misbehave(misbehaviours.filter((one) => 'on' in one));
      const faults = misbehaviours.filter((one) => 'host' in one);
      host.setFaults(faults, existsSync(folder.webConfig) ? readFileSync(folder.webConfig) : undefined);
    },
    dropConnections: () => front.dropConnections(),
    async close() {
      await front.close();
      await folder.remove();
    },
  };
}

interface Accounts {
  readonly bot: PracticeAccount;
  readonly all: readonly PracticeAccount[];
}

/** The bot's account, and one that may sign in but not use the endpoint. Passwords are made anew for every server. */
function makeAccounts(randomBytes: (size: number) => Buffer): Accounts {
  const account = (user: string, mayUseEndpoint: boolean): PracticeAccount => ({
    domain: 'PRACTICE',
    user,
    password: randomBytes(18).toString('base64url'),
    mayUseEndpoint,
  });
  const bot = account('svc-wsusbot', true);
  return { bot, all: [bot, account('visitor', false)] };
}

function startFront(
  spec: PracticeServerSpec,
  host: SimulatedHost,
  accounts: Accounts,
  options: PracticeServerOptions,
): Promise<WinrmFront> {
  return startWinrmFront({
    computer: spec.name.toUpperCase(),
    endpoint: practiceEndpoint,
    accounts: accounts.all,
    engine: createSimulatedEngine(host),
    randomBytes: options.randomBytes,
    now: options.now,
    wait: options.wait,
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.shellsPerUser === undefined ? {} : { shellsPerUser: options.shellsPerUser }),
  });
}

async function noFront(): Promise<WinrmFront> {
  const port = await unusedPort();
  return {
    port,
    url: `http://127.0.0.1:${port}/wsman`,
    misbehave: () => {},
    dropConnections: () => {},
    close: async () => {},
  };
}

function targetOf(
  spec: PracticeServerSpec,
  port: number,
  { domain, user, password }: PracticeAccount,
  randomBytes: (size: number) => Buffer,
): ServerTarget {
  const sent = spec.state === 'wrong-password' ? randomBytes(18).toString('base64url') : password;
  return {
    name: spec.name,
    host: '127.0.0.1',
    port,
    endpoint: practiceEndpoint,
    account: { domain, user, password: sent },
  };
}
