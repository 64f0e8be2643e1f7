import { CodedError, type Outcome } from './coded-error.ts';

/** Why a server could not be used: one row per code, the same rows as in docs/errors.md. */
export const remoteErrors = {
  'remote.name-not-found': {
    reason: 'the name does not resolve',
    remedy: 'Check the host name in wsus-bot.yaml and the DNS server of the machine the bot runs on.',
  },
  'remote.unreachable': {
    reason: 'no answer on the WinRM port',
    remedy:
      'Start the server, or open the port for the machine the bot runs on. Test-NetConnection shows whether it is open.',
  },
  'remote.timed-out': {
    reason: 'no answer in time',
    remedy: 'Check the server again. If it stays silent, look at its CPU and memory.',
  },
  'remote.connection-lost': {
    reason: 'the connection was lost before the answer came',
    remedy: 'Check the server: what it says now is true.',
  },
  'remote.sign-in-refused': {
    reason: 'the server did not accept the sign-in',
    remedy:
      'Check the account, its password and its domain. The server does not tell which of them is wrong.',
  },
  'remote.sealing-refused': {
    reason: 'the server refused or broke the encryption of the messages',
    remedy: 'Check that Negotiate is on for the WinRM service, and that no proxy stands between.',
  },
  'remote.not-winrm': {
    reason: 'something else than WinRM answered',
    remedy: 'Check the port in wsus-bot.yaml, and whether a proxy or another web server listens there.',
  },
  'remote.no-tls': {
    reason: 'the port does not speak TLS',
    remedy:
      'Check that the server has an HTTPS listener with a certificate (winrm enumerate winrm/config/listener), and that port and "tls" in wsus-bot.yaml fit: 5986 is HTTPS, 5985 is not.',
  },
  'remote.wants-tls': {
    reason: 'the port speaks TLS, and HTTP was sent',
    remedy: 'Write "tls: true" for this server in wsus-bot.yaml, or the HTTP port, 5985.',
  },
  'remote.tls-version': {
    reason: 'no TLS version or cipher in common',
    remedy:
      'Turn TLS 1.2 on at the server (Windows Server 2012 R2 and later have it on), with the cipher suites that its policy offers.',
  },
  'remote.certificate-untrusted': {
    reason: 'the certificate of the server is not trusted',
    remedy:
      'Name the authority that issued it ("ca: FILE") or pin it ("pin: SHA-256") in wsus-bot.yaml (docs/connecting.md, "HTTPS").',
  },
  'remote.certificate-expired': {
    reason: 'the certificate of the server has expired',
    remedy:
      'Renew it and give it to the HTTPS listener. Look at the clock of the machine the bot runs on, too.',
  },
  'remote.certificate-not-yet-valid': {
    reason: 'the certificate of the server is not valid yet',
    remedy: 'Set the clock of the machine the bot runs on; else wait for the date in the certificate.',
  },
  'remote.certificate-wrong-name': {
    reason: 'the certificate is for another name',
    remedy:
      'Use a name of the certificate as "host" in wsus-bot.yaml, or give the HTTPS listener a certificate for this one.',
  },
  'remote.certificate-pin-differs': {
    reason: 'the certificate is not the pinned one',
    remedy:
      'If it was renewed, read its SHA-256 on the server itself and correct "pin" in wsus-bot.yaml. If nobody renewed it, somebody may stand between.',
  },
  'remote.access-denied': {
    reason: 'the endpoint refuses this account',
    remedy:
      'Run Install-WsusBotEndpoint.ps1 on that server with the account, or a group that it is in (docs/endpoint.md). Windows’ own endpoints let only administrators in.',
  },
  'remote.endpoint-missing': {
    reason: 'the endpoint is not registered on the server',
    remedy:
      'Run Install-WsusBotEndpoint.ps1 on that server (docs/endpoint.md), or correct the name in wsus-bot.yaml.',
  },
  'remote.language-mode': {
    reason: 'the session there may not run the functions',
    remedy:
      'A policy (AppLocker or App Control) keeps scripts from running in full. Allow the module in that policy and install it with Install-WsusBotEndpoint.ps1 (docs/endpoint.md).',
  },
  'remote.module-not-loaded': {
    reason: 'the functions could not be loaded there',
    remedy:
      'Read the server’s words. A virus scanner that stops the script, or a Windows PowerShell older than 3.0, are the usual causes; the endpoint WsusBot needs no script to be sent (docs/endpoint.md).',
  },
  'remote.fault': {
    reason: 'the server answered with a fault',
    remedy: 'Look up the fault code. Check the server again when it is cured.',
  },
  'remote.busy': {
    reason: 'the server has no room for another session now',
    remedy: 'Wait a minute, then check again. If it stays so, look for abandoned shells of this account.',
  },
  'remote.broken-answer': {
    reason: 'the answer could not be read',
    remedy:
      'Check the server again. If it repeats, compare the version of the endpoint with that of the bot.',
  },
  'remote.no-worker': {
    reason: 'no replica of the bot that reaches servers answers',
    remedy:
      'Start a replica with the role worker or all that reaches that server and the store (docs/operations.md). /readyz of each says whether it has the store.',
  },
  'remote.function-failed': {
    reason: 'the function on the server stopped with an error',
    remedy: 'Read the error, mend its cause on the server, then check again.',
  },
} as const;

export type RemoteErrorCode = keyof typeof remoteErrors;

export interface RemoteErrorDetails {
  /** "reading web.config on wsus01" */
  readonly doing: string;
  /** Extra fact after the reason: "fault 5", "HTTP 503". Ours, or a number; never text from the server. */
  readonly detail?: string;
  /** Text that came from the server. Shown only as outside text. */
  readonly serverText?: string;
  readonly outcome: Outcome;
  readonly cause?: unknown;
}

/** A call on a server that brought no result. `outcome` says whether it may have run all the same. */
export class RemoteError extends CodedError {
  declare readonly code: RemoteErrorCode;
  readonly detail: string | undefined;
  readonly serverText: string | undefined;

  constructor(code: RemoteErrorCode, details: RemoteErrorDetails) {
    const row = remoteErrors[code];
    super(code, {
      doing: details.doing,
      reason: details.detail === undefined ? row.reason : `${row.reason} (${details.detail})`,
      remedy: row.remedy,
      outcome: details.outcome,
      cause: details.cause,
    });
    this.name = 'RemoteError';
    this.detail = details.detail;
    this.serverText = details.serverText;
  }
}
