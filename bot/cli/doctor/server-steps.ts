import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { CodedError } from '../../../remote/coded-error.ts';
import type { Report } from '../../../remote/contract.ts';
import { RemoteError, type RemoteErrorCode, remoteErrors } from '../../../remote/remote-error.ts';
import { wayOf } from '../../../remote/way.ts';
import { waySeen } from '../../../remote/way-seen.ts';
import type { ServerTarget, WsusServer } from '../../../remote/wsus-server.ts';
import type { ServerConfig } from '../../config.ts';
import { serverTarget } from '../../server-target.ts';
import { probePort } from './probe-port.ts';

export const serverSteps = ['name', 'port', 'sign-in', 'endpoint', 'function', 'module'] as const;
type ServerStep = (typeof serverSteps)[number];

/** What one step found. `remedy` is there when it failed, or when something better is to be had. */
export interface StepResult {
  readonly step: ServerStep;
  readonly ok: boolean;
  readonly text: string;
  /** It works, and something is to be put right all the same. */
  readonly isWarning?: true;
  /** Of the step `module`. */
  readonly module?: { readonly version: string; readonly sha256: string; readonly isShipped: boolean };
  readonly code?: string;
  readonly remedy?: string;
  /** The server's own words; outside text. */
  readonly serverText?: string;
}

export interface DoctorDeps {
  /** Opens the way to one server. `onRequest` is called for every HTTP request. */
  readonly connect: (target: ServerTarget, options: { readonly onRequest: () => void }) => WsusServer;
  /** Longest wait for the name and for the port, and for the report, milliseconds. */
  readonly networkTimeout: number;
  readonly reportDeadline: number;
}

/** Goes from the name to the function and stops at the first step that fails. Changes nothing on the server. */
export async function examineServer(server: ServerConfig, deps: DoctorDeps): Promise<StepResult[]> {
  const name = await nameStep(server);
  if (!name.ok) return [name];
  const port = await portStep(server, deps.networkTimeout);
  if (!port.ok) return [name, port];
  return [name, port, ...(await sessionSteps(server, deps))];
}

async function nameStep({ host }: ServerConfig): Promise<StepResult> {
  if (isIP(host) !== 0) return { step: 'name', ok: true, text: `${host} is an address` };
  try {
    const addresses = await lookup(host, { all: true });
    return {
      step: 'name',
      ok: true,
      text: `${host} is ${addresses.map(({ address }) => address).join(', ')}`,
    };
  } catch {
    return failed('name', 'remote.name-not-found', `${host} does not resolve`);
  }
}

async function portStep({ host, port }: ServerConfig, timeout: number): Promise<StepResult> {
  const state = await probePort(host, port, timeout);
  if (state === 'open') return { step: 'port', ok: true, text: `TCP port ${port} is open` };
  return failed('port', 'remote.unreachable', `TCP port ${port}: ${state}`);
}

async function sessionSteps(server: ServerConfig, deps: DoctorDeps): Promise<StepResult[]> {
  const account = accountText(server);
  const signedIn: StepResult = { step: 'sign-in', ok: true, text: `signed in as ${account}` };
  const opened: StepResult = {
    step: 'endpoint',
    ok: true,
    text:
      wayOf(server.endpoint) === 'endpoint'
        ? `endpoint ${server.endpoint}, of WSUS Bot's own, is open to this account`
        : `${server.endpoint}, an endpoint of Windows' own, is open to this account as administrator`,
  };
  const isLocal = server.transport === 'local-powershell';
  let requests = 0;
  try {
    const session = deps.connect(serverTarget(server), { onRequest: () => requests++ });
    try {
      const report = await session.report({ deadline: deps.reportDeadline });
      const name = report.computer.ok ? report.computer.name : 'the server';
      const answered = { step: 'function', ok: true, text: `${name} answered Get-WsusBotReport` } as const;
      return [signedIn, opened, answered, moduleStep(server, report)];
    } finally {
      await session.close().catch(() => undefined);
    }
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const step = error instanceof RemoteError ? stepOf(error, isLocal ? undefined : requests) : 'sign-in';
    const result: StepResult = {
      step,
      ok: false,
      text: step === 'sign-in' ? `${error.reason}, as ${account}` : error.reason,
      code: error.code,
      remedy: error.remedy,
      ...(error instanceof RemoteError && error.serverText !== undefined && { serverText: error.serverText }),
    };
    const before = { 'sign-in': [], endpoint: [signedIn], function: [signedIn, opened] };
    return [...before[step], result];
  }
}

/** Which module answers, whether it is the shipped one, and what the better way is. */
function moduleStep(server: ServerConfig, report: Report): StepResult {
  const { module } = report;
  const step = { step: 'module', ok: true } as const;
  const seen = waySeen(server.endpoint, report);
  if (!module.ok)
    return {
      ...step,
      isWarning: true,
      text: `the module does not name itself: ${module.reason}`,
      remedy: update,
    };
  const { version, sha256 } = module;
  const named = {
    ...step,
    module: { version, sha256, isShipped: seen.module === 'shipped' },
    text: `module ${version}, SHA-256 ${sha256}`,
  };
  if (seen.way === 'agentless') {
    return {
      ...named,
      text: `${named.text}: sent by this bot`,
      remedy:
        'The endpoint WsusBot needs no administrator: run Install-WsusBotEndpoint.ps1 (docs/endpoint.md).',
    };
  }
  return named.module.isShipped
    ? { ...named, text: `${named.text}: the one this bot ships` }
    : { ...named, isWarning: true, text: `${named.text}: not the one this bot ships`, remedy: update };
}

const update = 'Update it: run Install-WsusBotEndpoint.ps1 there again (docs/endpoint.md).';

/** NTLM takes two requests: what breaks in the third or later broke behind the sign-in. */
const signInRequests = 2;

/**
 * The step that an error belongs to, by how far the conversation must have come for it. @param requests undefined when the PowerShell of this
 * machine had the conversation: what surely ran nothing then broke before the session was open
 */
function stepOf(
  { code, outcome }: RemoteError,
  requests: number | undefined,
): Exclude<ServerStep, 'name' | 'port' | 'module'> {
  switch (code) {
    case 'remote.access-denied':
    case 'remote.endpoint-missing':
    case 'remote.busy':
    case 'remote.fault':
      return 'endpoint';
    case 'remote.broken-answer':
    case 'remote.language-mode':
    case 'remote.module-not-loaded':
    case 'remote.function-failed':
      return 'function';
    case 'remote.timed-out':
    case 'remote.connection-lost':
      if (requests === undefined) return outcome === 'not-sent' ? 'sign-in' : 'function';
      return requests > signInRequests ? 'endpoint' : 'sign-in';
    default:
      return 'sign-in';
  }
}

function failed(step: ServerStep, code: RemoteErrorCode, text: string): StepResult {
  return { step, ok: false, text, code, remedy: remoteErrors[code].remedy };
}

function accountText({ transport, account: { domain, user } }: ServerConfig): string {
  const account = domain === '' ? user : `${domain}\\${user}`;
  return transport === 'local-powershell'
    ? `${account}, the account of this process, by the PowerShell of this machine`
    : account;
}
