import { existsSync, readFileSync } from 'node:fs';
import type { WinrmTarget } from '../wsus-server.ts';
import type { FrontTls } from './front/front-tls.ts';
import type { OnMessage } from './front/misbehaviour-table.ts';
import type { PracticeAccount } from './front/ntlm-acceptor.ts';
import type { ShellCount } from './front/shell-table.ts';
import { frontUrl, startWinrmFront, type WinrmFront } from './front/winrm-front.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import type { Powershell } from './powershell/find-powershell.ts';
import { startPowershellPracticeHost } from './powershell/powershell-practice-host.ts';
import type { ExtraModule } from './powershell/session-configuration.ts';
import { makePracticeFolder, type PracticeFolder } from './practice-folder.ts';
import type { PracticeHost, PracticeStats } from './practice-host.ts';
import type { Limits, PracticeServerSpec, PracticeState } from './practice-servers.ts';
import { createSimulatedPracticeHost } from './simulated-practice-host.ts';
import { unusedPort } from './unused-port.ts';

/** A stand-in for a WSUS server, listening on loopback. */
export interface PracticeServer {
  readonly name: string;
  readonly kind: PracticeState;
  /** The state in short words: "limit too low". */
  readonly state: string;
  /** What the bot is told: where the server is and how to sign in. */
  readonly target: WinrmTarget;
  /** Paths on this machine's disk. */
  readonly folder: PracticeFolder;
  readonly webConfig: string;
  /** `http://127.0.0.1:<port>/wsman`, or `https://localhost:<port>/wsman`; nobody listens there when the server cannot be reached. */
  readonly winrm: string;
  stats(): PracticeStats;
  /** The limits that the running worker process has read from Web.config. */
  effectiveLimits(): Limits;
  /** What goes wrong from now on, in place of what was set before; an empty list for nothing. */
  misbehave(misbehaviours: readonly Misbehaviour[]): void;
  /** Ends the processes behind all shells at once, with whatever they are doing; the server goes on. */
  killEngine(): void;
  /** Closes every connection; shells and state stay. */
  dropConnections(): void;
  shells(): ShellCount;
  /** Ends every shell, as when they were idle for too long; connections stay. */
  endShells(): void;
  /** Stops listening and removes the folder. */
  close(): Promise<void>;
}

export const engineKinds = ['simulated', 'powershell'] as const;
export type EngineKind = (typeof engineKinds)[number];
export type PracticeEndpoint = 'WsusBot' | 'Microsoft.PowerShell';

export interface PracticeServerOptions {
  readonly now: () => Date;
  readonly restartMilliseconds: number;
  readonly randomBytes: (size: number) => Buffer;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** A PowerShell to stand behind the front; without one the server is simulated. */
  readonly powershell?: Powershell;
  readonly extraModules?: readonly ExtraModule[];
  /** What is another about the bot's account than it is made here: its names, its password, what it may use. */
  readonly account?: Partial<PracticeAccount>;
  /** What the bot is told to use. */
  readonly endpoint: PracticeEndpoint;
  /** Directory for the folders that stand for the disks; the system's temporary one unless given. */
  readonly root?: string;
  readonly port?: number;
  readonly shellsPerUser?: number;
  /** HTTPS in place of HTTP. The certificate must be for `localhost`; the target trusts it. */
  readonly tls?: FrontTls;
  readonly onMessage?: OnMessage;
}

/** The bot's account on every practice server. */
export const practiceUser = 'svc-wsusbot';
const workerPid = 4812;

/** Makes and starts one practice server. */
export async function startPracticeServer(
  spec: PracticeServerSpec,
  options: PracticeServerOptions,
): Promise<PracticeServer> {
  const folder = await makePracticeFolder(spec, workerPid, options.now(), options.root);
  const host = await makeHost(spec, folder, options);
  const accounts = makeAccounts(options);
  const front =
    spec.state === 'unreachable'
      ? await noFront(options.tls)
      : await startFront(spec, host, accounts, options);
  return {
    name: spec.name,
    kind: spec.state,
    state: spec.label,
    target: targetOf(spec, front.port, accounts.bot, options),
    folder,
    webConfig: folder.webConfig,
    winrm: front.url,
    stats: () => host.stats(),
    effectiveLimits: () => host.effectiveLimits(),
    misbehave(misbehaviours) {
      front.misbehave(misbehaviours.filter((one) => 'on' in one));
      const faults = misbehaviours.filter((one) => 'host' in one);
      host.setFaults(faults, existsSync(folder.webConfig) ? readFileSync(folder.webConfig) : undefined);
    },
    killEngine: () => host.killEngine(),
    dropConnections: () => front.dropConnections(),
    shells: () => front.shells(),
    endShells: () => front.endShells(),
    async close() {
      await front.close();
      await host.close();
      await folder.remove();
    },
  };
}

async function makeHost(
  spec: PracticeServerSpec,
  folder: PracticeFolder,
  { now, wait, restartMilliseconds, powershell, extraModules = [] }: PracticeServerOptions,
): Promise<PracticeHost> {
  const settings = { spec, folder, workerPid, now, wait, restartMilliseconds };
  return powershell === undefined
    ? createSimulatedPracticeHost(settings)
    : startPowershellPracticeHost({ ...settings, powershell, extraModules });
}

interface Accounts {
  readonly bot: PracticeAccount;
  readonly all: readonly PracticeAccount[];
}

/**
 * The bot's account, which may use either endpoint, and one that may sign in and use none. Passwords are made anew for
 * every server.
 */
function makeAccounts({ randomBytes, account = {} }: PracticeServerOptions): Accounts {
  const made = (user: string, isAllowed: boolean): PracticeAccount => ({
    domain: account.domain ?? 'PRACTICE',
    user,
    password: randomBytes(18).toString('base64url'),
    mayUseEndpoint: isAllowed,
    isAdministrator: isAllowed,
  });
  const bot = { ...made(practiceUser, true), ...account };
  return { bot, all: [bot, made('visitor', false)] };
}

function startFront(
  spec: PracticeServerSpec,
  host: PracticeHost,
  accounts: Accounts,
  options: PracticeServerOptions,
): Promise<WinrmFront> {
  return startWinrmFront({
    computer: spec.name.toUpperCase(),
    endpoints: host.endpoints,
    commandLine: host.commandLine,
    accounts: accounts.all,
    randomBytes: options.randomBytes,
    now: options.now,
    wait: options.wait,
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.shellsPerUser === undefined ? {} : { shellsPerUser: options.shellsPerUser }),
    tls: options.tls,
    ...(options.onMessage === undefined ? {} : { onMessage: options.onMessage }),
  });
}

async function noFront(tls: FrontTls | undefined): Promise<WinrmFront> {
  const port = await unusedPort();
  return {
    port,
    url: frontUrl(port, tls),
    misbehave: () => {},
    dropConnections: () => {},
    shells: () => ({ open: 0, most: 0 }),
    endShells: () => {},
    close: async () => {},
  };
}

function targetOf(
  spec: PracticeServerSpec,
  port: number,
  { domain, user, password }: PracticeAccount,
  { randomBytes, endpoint, tls }: PracticeServerOptions,
): WinrmTarget {
  const sent = spec.state === 'wrong-password' ? randomBytes(18).toString('base64url') : password;
  return {
    name: spec.name,
    host: tls === undefined ? '127.0.0.1' : 'localhost',
    port,
    ...(tls && { tls: { trust: { kind: 'authorities', pem: tls.certificate } } }),
    endpoint,
    account: { domain, user, password: sent },
  };
}
