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
  'remote.wrong-scheme': {
    reason: 'one side speaks HTTPS and the other HTTP',
    remedy:
      'Correct port and tls of the server in wsus-bot.yaml: WinRM speaks HTTP on 5985 and HTTPS on 5986 (docs/connecting.md).',
  },
  'remote.certificate-untrusted': {
    reason: 'its certificate is not trusted here',
    remedy:
      'Name the authority that issued it with ca in wsus-bot.yaml, or this one certificate with pin, after comparing it on the server (docs/connecting.md).',
  },
  'remote.certificate-expired': {
    reason: 'its certificate is not valid at this time',
    remedy:
      'Give the HTTPS listener of the server a certificate that is valid, and look whether both clocks are right (w32tm /query /status).',
  },
  'remote.certificate-name': {
    reason: 'its certificate is for another name',
    remedy:
      'Write a name that is in the certificate as host in wsus-bot.yaml, or give the listener a certificate with this name.',
  },
  'remote.tls-failed': {
    reason: 'no TLS connection came about',
    remedy:
      'On the server: winrm enumerate winrm/config/listener must show an HTTPS listener with a certificate, and TLS 1.2 or 1.3 must be on.',
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
  'remote.port-closed': {
    reason: 'nothing listens on the WinRM port',
    remedy:
      'On the server, as administrator: Enable-PSRemoting -Force starts WinRM and makes its listener. A server that restarts refuses for a while, too.',
  },
  'remote.proxy': {
    reason: 'a proxy answered in the place of the server',
    remedy:
      'Let the machine the bot runs on reach the server directly: a sign-in of WinRM belongs to one connection and does not pass through a proxy.',
  },
  'remote.listener-missing': {
    reason: 'Windows answers on that port, WinRM does not',
    remedy:
      'On the server, as administrator: winrm enumerate winrm/config/listener shows where WinRM listens, Enable-PSRemoting -Force makes the listener. Then correct the port in wsus-bot.yaml.',
  },
  'remote.sign-in-not-offered': {
    reason: 'the server does not offer the kind of sign-in that is configured',
    remedy:
      'winrm get winrm/config/service/auth on the server shows what is on. Turn it on there, or set auth in wsus-bot.yaml to one that is (docs/connecting.md).',
  },
  'remote.ntlm-refused': {
    reason: 'the server does not speak NTLM with me',
    remedy:
      'A policy (Restrict NTLM) or Windows itself has turned NTLM off there. Use Kerberos: auth: kerberos and a keytab in wsus-bot.yaml (docs/connecting.md).',
  },
  'remote.local-account-refused': {
    reason: 'the server did not accept the sign-in of a local account',
    remedy:
      'Check its name and password. Windows takes the rights of local administrators away over the network: use the endpoint WsusBot, the built-in Administrator, or LocalAccountTokenFilterPolicy (docs/connecting.md).',
  },
  'remote.channel-binding': {
    reason: 'the server did not accept the sign-in over this TLS connection',
    remedy:
      'Check the account and its password. If they are right, something between opens the TLS: compare the thumbprint that winrm enumerate winrm/config/listener shows on the server with the certificate that arrives here.',
  },
  'remote.forbidden': {
    reason: 'the server forbids requests from this machine',
    remedy:
      'Look for a proxy or a firewall that reads HTTP, at IPv4Filter in winrm get winrm/config/service, and for a client certificate at its mapping to an account.',
  },
  'remote.kerberos-no-ticket': {
    reason: 'Kerberos gave no ticket',
    remedy:
      'On the machine the bot runs on: kinit -k -t KEYTAB PRINCIPAL says why. Its krb5.conf must know the realm, its domain controllers must answer on port 88, and the keytab must be of the password now.',
  },
  'remote.kerberos-programs': {
    reason: 'kinit and kvno are not there',
    remedy:
      'Install them on the machine the bot runs on: the package krb5-user (Debian, Ubuntu) or krb5-workstation (Red Hat).',
  },
  'remote.kerberos-keytab': {
    reason: 'the keytab is not usable',
    remedy:
      'klist -e -k KEYTAB, as the user that the bot runs as, must show the principal with an AES key. Correct keytab and principal in wsus-bot.yaml, or make the keytab anew with ktpass -crypto AES256-SHA1.',
  },
  'remote.kerberos-kdc': {
    reason: 'no domain controller answered',
    remedy:
      'Let the machine the bot runs on reach the domain controllers on port 88, TCP. Their names must resolve: nslookup -type=SRV _kerberos._tcp.DOMAIN.',
  },
  'remote.kerberos-realm': {
    reason: 'the realm is not known',
    remedy:
      'The realm is the DNS name of the domain in capitals. Correct the principal in wsus-bot.yaml, or give krb5.conf the realm and its domain controllers. For a server of another domain there must be a trust.',
  },
  'remote.kerberos-principal': {
    reason: 'the domain does not know the account',
    remedy:
      'Check the principal in wsus-bot.yaml: whether the account was renamed or deleted, and whether the realm is its domain.',
  },
  'remote.kerberos-key': {
    reason: 'the keytab is not of the account’s password now',
    remedy:
      'Make a new keytab with ktpass. Until the file is another one, the bot tries it every ten minutes only, since each attempt counts towards a lockout.',
  },
  'remote.kerberos-account': {
    reason: 'the domain does not let the account sign in',
    remedy:
      'Get-ADUser ACCOUNT -Properties Enabled, LockedOut, AccountExpirationDate, PasswordExpired shows which it is.',
  },
  'remote.kerberos-enctype': {
    reason: 'the domain gives no AES key',
    remedy:
      'Turn on AES for the account and for the computer account of the server (msDS-SupportedEncryptionTypes 24), then reset the password and make the keytab anew. RC4 is not used.',
  },
  'remote.kerberos-unproven': {
    reason: 'the server did not prove who it is',
    remedy:
      'Something else than the server may have answered. Look for a proxy between, and whether the name belongs to another machine now.',
  },
  'remote.kerberos-refused': {
    reason: 'the server did not take the Kerberos ticket',
    remedy:
      'setspn -Q HTTP/HOST must show the computer account of the server; otherwise set spn in wsus-bot.yaml to WSMAN or HOST. The account needs the right to access that computer from the network, and nothing in between may open the TLS.',
  },
  'remote.kerberos-clock': {
    reason: 'the clocks differ by more than Kerberos allows',
    remedy:
      'Set the clock of the machine the bot runs on, and look at that of the server: w32tm /query /status. Five minutes are allowed.',
  },
  'remote.kerberos-spn': {
    reason: 'the service name of the server is not usable for Kerberos',
    remedy:
      'setspn -Q HTTP/HOST shows which account has the name; it must be that of the computer. Otherwise set spn in wsus-bot.yaml to WSMAN or HOST, and host to the full name of the server.',
  },
  'remote.shell-quota': {
    reason: 'the account has as many sessions open there as the server allows',
    remedy:
      'Those of the bot end by themselves after three minutes. On the server: winrm enumerate shell lists them, winrm get winrm/config/winrs shows MaxShellsPerUser.',
  },
  'remote.envelope-too-large': {
    reason: 'a message was larger than the server takes',
    remedy:
      'winrm get winrm/config on the server shows MaxEnvelopeSizekb. Windows sets 500, and the bot needs 150.',
  },
  'remote.out-of-memory': {
    reason: 'the session there had not enough memory',
    remedy:
      'winrm get winrm/config/winrs on the server shows MaxMemoryPerShellMB. Windows sets 1024 or more. If it is not lower, look at the free memory of the server.',
  },
  'remote.virtual-account': {
    reason: 'the account that the endpoint works as cannot be used there',
    remedy:
      'Run Install-WsusBotEndpoint.ps1 there again (docs/endpoint.md); it needs Windows PowerShell 5.1. If the endpoint works as a group managed account, Test-ADServiceAccount on that server says whether it may.',
  },
  'remote.shells-not-allowed': {
    reason: 'a policy there forbids remote shells',
    remedy:
      'winrm get winrm/config/winrs on the server must show AllowRemoteShellAccess = true. The policy is Allow Remote Shell Access, under Windows Remote Shell.',
  },
  'remote.restarting': {
    reason: 'the server is shutting down or restarting',
    remedy: 'Wait until it is up, then check again: what it says then is true.',
  },
  'remote.stopped': {
    reason: 'it was stopped before it had ended',
    remedy: 'Check the server again when you want it read.',
  },
  'remote.local-powershell': {
    reason: 'the PowerShell of the machine the bot runs on cannot be used',
    remedy:
      'transport: local-powershell is for a bot on Windows. There powershell.exe must start for the account of its service, and no policy (AppLocker, App Control) may restrict its language. Elsewhere use transport: winrm (docs/connecting.md).',
  },
  'remote.identity-refused': {
    reason: 'the account that the bot runs as was not accepted',
    remedy:
      'doctor says which one that is. It must be of the domain, such as a gMSA (Test-ADServiceAccount on this machine must answer True), a domain controller must be within reach, and host in wsus-bot.yaml the full name of the server (docs/connecting.md).',
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
