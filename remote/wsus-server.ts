import type {
  ApplyRequest,
  ApplyResult,
  ProgressStep,
  Report,
  ReportRequest,
  RestartRequest,
  RestartResult,
  RestoreRequest,
  RestoreResult,
} from './contract.ts';
import type { KerberosSettings } from './winrm/kerberos/kerberos-settings.ts';
import type { TlsSettings } from './winrm/tls/tls-settings.ts';

/** Ways to sign in: NTLM unless another is named. Basic and certificate need TLS, Kerberos its settings. */
export type SignIn = 'ntlm' | 'kerberos' | 'basic' | 'certificate';

/** Where a server is. */
interface ServerPlace {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly endpoint: string;
}

/** Reached from here, and how to sign in. The password never appears in an error or a log. */
export interface WinrmTarget extends ServerPlace {
  readonly transport?: 'winrm';
  /** Undefined: HTTP in clear, with sealed messages. */
  readonly tls?: TlsSettings | undefined;
  readonly auth?: SignIn | undefined;
  readonly kerberos?: KerberosSettings | undefined;
  /** With a certificate only its user is used, as a name to show. */
  readonly account: { readonly domain: string; readonly user: string; readonly password: string };
}

/** Reached by the PowerShell of this machine, as the account that the bot runs as: nothing to sign in with is known here. */
export interface LocalPowershellTarget extends ServerPlace {
  readonly transport: 'local-powershell';
  /** HTTPS, with a certificate that Windows trusts. */
  readonly tls: boolean;
  /** Kerberos and nothing else; otherwise Windows chooses. */
  readonly auth?: 'kerberos' | undefined;
}

export type ServerTarget = WinrmTarget | LocalPowershellTarget;

export interface CallOptions {
  readonly onProgress?: (step: ProgressStep) => void;
  /** Total time for the call, milliseconds, waiting for others included. After it the outcome of a call that was sent is unknown. */
  readonly deadline?: number;
}

/** The typed calls on one server. Every call answers a result of the contract or throws a RemoteError. */
export interface WsusServer {
  /** Aborting stops it at the server too; then it throws remote.stopped. */
  report(options?: CallOptions & ReportRequest & { readonly signal?: AbortSignal }): Promise<Report>;
  apply(request: ApplyRequest, options?: CallOptions): Promise<ApplyResult>;
  restart(request: RestartRequest, options?: CallOptions): Promise<RestartResult>;
  restore(request: RestoreRequest, options?: CallOptions): Promise<RestoreResult>;
  close(): Promise<void>;
}
