import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { CodedError } from '../../../remote/coded-error.ts';
import { RemoteError, type RemoteErrorCode, remoteErrors } from '../../../remote/remote-error.ts';
import type { ServerTarget, WsusServer } from '../../../remote/wsus-server.ts';
import type { ServerConfig } from '../../config.ts';
import { serverTarget } from '../../server-target.ts';
import { probePort } from './probe-port.ts';

export const serverSteps = ['name', 'port', 'sign-in', 'endpoint', 'function'] as const;
type ServerStep = (typeof serverSteps)[number];

/** What one step found. `remedy` is there when it failed. */
export interface StepResult {
  readonly step: ServerStep;
  readonly ok: boolean;
  readonly text: string;
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
    text: `endpoint ${server.endpoint} is open to this account`,
  };
  let requests = 0;
  try {
    const session = deps.connect(serverTarget(server), { onRequest: () => requests++ });
    try {
      const report = await session.report({ deadline: deps.reportDeadline });
      const name = report.computer.ok ? report.computer.name : 'the server';
      return [signedIn, opened, { step: 'function', ok: true, text: `${name} answered Get-WsusBotReport` }];
    } finally {
      await session.close().catch(() => undefined);
    }
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const step = error instanceof RemoteError ? stepOf(error.code, requests) : 'sign-in';
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

/** NTLM takes two requests: what breaks in the third or later broke behind the sign-in. */
const signInRequests = 2;

/** The step that an error belongs to, by how far the conversation must have come for it. */
function stepOf(code: RemoteErrorCode, requests: number): Exclude<ServerStep, 'name' | 'port'> {
  switch (code) {
    case 'remote.access-denied':
    case 'remote.endpoint-missing':
    case 'remote.busy':
    case 'remote.fault':
      return 'endpoint';
    case 'remote.broken-answer':
    case 'remote.function-failed':
      return 'function';
    case 'remote.timed-out':
    case 'remote.connection-lost':
      return requests > signInRequests ? 'endpoint' : 'sign-in';
    default:
      return 'sign-in';
  }
}

function failed(step: ServerStep, code: RemoteErrorCode, text: string): StepResult {
  return { step, ok: false, text, code, remedy: remoteErrors[code].remedy };
}

function accountText({ account: { domain, user } }: ServerConfig): string {
  return domain === '' ? user : `${domain}\\${user}`;
}
