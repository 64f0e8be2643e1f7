import { CodedError } from '../../../remote/coded-error.ts';
import type { Report } from '../../../remote/contract.ts';
import { RemoteError } from '../../../remote/remote-error.ts';
import { wayOf } from '../../../remote/way.ts';
import { waySeen } from '../../../remote/way-seen.ts';
import type { ServerTarget, SignIn, WsusServer } from '../../../remote/wsus-server.ts';
import type { ServerConfig } from '../../config.ts';
import { serverTarget, tlsSettings } from '../../server-target.ts';
import { nameStep, networkSteps } from './network-steps.ts';
import { stepOfError } from './step-of-error.ts';

export const serverSteps = [
  'name',
  'port',
  'tls',
  'http',
  'sign-in',
  'endpoint',
  'function',
  'module',
] as const;
export type ServerStep = (typeof serverSteps)[number];

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
  /**
   * Opens the way to one server. `onRequest` is called for every HTTP request, `onFallback` when NTLM is used for want of
   * a Kerberos ticket.
   */
  readonly connect: (
    target: ServerTarget,
    options: { readonly onRequest: () => void; readonly onFallback: (reason: RemoteError) => void },
  ) => WsusServer;
  /** Longest wait for each of port, TLS and HTTP, and for the report, milliseconds. */
  readonly networkTimeout: number;
  readonly reportDeadline: number;
  /** Aborted when nobody wants to know any more. */
  readonly signal?: AbortSignal | undefined;
}

/** Goes from the name to the function and stops at the first step that fails. Changes nothing on the server. Throws when the signal was aborted. */
export async function examineServer(server: ServerConfig, deps: DoctorDeps): Promise<StepResult[]> {
  deps.signal?.throwIfAborted();
  const network = await networkOf(server, deps.networkTimeout);
  deps.signal?.throwIfAborted();
  return network.every(({ ok }) => ok) ? [...network, ...(await sessionSteps(server, deps))] : network;
}

/** Whom TLS trusts where the local PowerShell connects is Windows' affair: nothing of it can be tried from here. */
async function networkOf(server: ServerConfig, timeout: number): Promise<StepResult[]> {
  const isLeftToWindows = server.transport === 'local-powershell' && server.tls !== undefined;
  if (isLeftToWindows) return [await nameStep(server.host)];
  return networkSteps({ ...server, tls: server.tls && tlsSettings(server.tls) }, timeout);
}

async function sessionSteps(server: ServerConfig, deps: DoctorDeps): Promise<StepResult[]> {
  const account = accountText(server);
  const way = signInText(server);
  let fallback: RemoteError | undefined;
  const signedIn = (): StepResult =>
    fallback === undefined
      ? { step: 'sign-in', ok: true, text: `signed in as ${account}${way}` }
      : {
          step: 'sign-in',
          ok: true,
          isWarning: true,
          text: `signed in as ${account} with NTLM, for want of a ticket: ${fallback.reason}`,
          remedy: fallback.remedy,
        };
  const opened: StepResult = {
    step: 'endpoint',
    ok: true,
    text:
      wayOf(server.endpoint) === 'endpoint'
        ? `${server.endpoint}, an endpoint of WSUS Bot's own, is open to this account`
        : `${server.endpoint}, an endpoint of Windows' own, is open to this account as administrator`,
  };
  let requests = 0;
  // Between the local PowerShell and the server nobody counts; but what surely ran nothing broke before the session was open.
  const come = ({ outcome }: RemoteError) =>
    server.transport !== 'local-powershell'
      ? requests
      : outcome === 'not-sent'
        ? 0
        : Number.POSITIVE_INFINITY;
  try {
    const session = deps.connect(serverTarget(server), {
      onRequest: () => requests++,
      onFallback: (reason) => {
        fallback = reason;
      },
    });
    try {
      const report = await session.report({
        deadline: deps.reportDeadline,
        ...(deps.signal && { signal: deps.signal }),
      });
      const name = report.computer.ok ? report.computer.name : 'the server';
      const answered = { step: 'function', ok: true, text: `${name} answered Get-WsusBotReport` } as const;
      return [signedIn(), opened, answered, moduleStep(server, report)];
    } finally {
      await session.close().catch(() => undefined);
    }
  } catch (error) {
    if (!(error instanceof CodedError) || deps.signal?.aborted === true) throw error;
    const step = error instanceof RemoteError ? stepOfError(error.code, come(error)) : 'sign-in';
    const result: StepResult = {
      step,
      ok: false,
      text: step === 'sign-in' ? `${error.reason}, as ${account}${way}` : error.reason,
      code: error.code,
      remedy: error.remedy,
      ...(error instanceof RemoteError && error.serverText !== undefined && { serverText: error.serverText }),
    };
    const before = { 'sign-in': [], endpoint: [signedIn()], function: [signedIn(), opened] };
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
      text: `it does not name itself: ${module.reason}`,
      remedy: update,
    };
  const { version, sha256 } = module;
  const named = {
    ...step,
    module: { version, sha256, isShipped: seen.module === 'shipped' },
    text: `version ${version}, SHA-256 ${sha256}`,
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

function accountText({ transport, account: { domain, user } }: ServerConfig): string {
  const account = domain === '' ? user : `${domain}\\${user}`;
  return transport === 'local-powershell'
    ? `${account}, the account of this process, by the PowerShell of this machine`
    : account;
}

const signIns = {
  ntlm: 'NTLM',
  kerberos: 'Kerberos',
  basic: 'Basic',
  certificate: 'a client certificate',
} as const satisfies Record<SignIn, string>;

/** With which kind of sign-in; the local PowerShell chooses its own. */
const signInText = ({ transport, auth }: ServerConfig): string =>
  transport === 'local-powershell' ? '' : ` with ${signIns[auth ?? 'ntlm']}`;
