import type { ErrorDetails } from '../psrp/messages/error-record.ts';
import { RemoteError, type RemoteErrorCode } from '../remote-error.ts';
import { faultError } from '../winrm/faults.ts';

/**
 * What WinRM's client says when no session came about, by its number. The numbers and the names are those of PowerShell
 * (its table of transport errors, and WSManNativeApi); a number that is not here is one that a server answered.
 */
const rows: Readonly<Record<number, readonly [RemoteErrorCode, string]>> = {
  53: ['remote.name-not-found', 'NetworkPathNotFound'],
  1311: ['remote.identity-refused', 'AuthenticationFailed: no domain controller answered'],
  1312: ['remote.identity-refused', 'no logon session here'],
  1326: ['remote.identity-refused', 'LogonFailure'],
  1722: ['remote.not-winrm', 'ImproperResponse'],
  12175: ['remote.tls-failed', 'Windows did not accept the certificate'],
  [0x80072f8f | 0]: ['remote.tls-failed', 'Windows did not accept the certificate'],
  [0x80090303 | 0]: ['remote.kerberos-spn', 'Kerberos does not know the server by this name'],
  [0x80338012 | 0]: ['remote.port-closed', 'CannotConnect'],
  [0x80338112 | 0]: ['remote.busy', 'HTTP 503'],
  [0x80338113 | 0]: ['remote.listener-missing', 'URLNotAvailable'],
  [0x8033810e | 0]: ['remote.sign-in-not-offered', 'InvalidAuthentication'],
  [0x8033810c | 0]: ['remote.identity-refused', 'WorkgroupCannotUseKerberos'],
  [0x803380e2 | 0]: ['remote.identity-refused', 'ClientKerberosDisabled'],
  [0x803380e4 | 0]: ['remote.identity-refused', 'ServerNotTrusted: there was no Kerberos'],
  [0x803380e5 | 0]: ['remote.identity-refused', 'ExplicitCredentialsRequired'],
  [0x80338126 | 0]: ['remote.unreachable', 'WinRMOperationTimeout'],
  [0x80338170 | 0]: ['remote.not-winrm', 'HttpServiceError'],
  [0x803381b9 | 0]: ['remote.name-not-found', 'ComputerNotFound'],
  [0x803381bb | 0]: ['remote.identity-refused', 'Kerberos needs a name, not an address'],
  [0x803381df | 0]: ['remote.virtual-account', 'CannotConnectRunAsFailed'],
  [0x803381e3 | 0]: ['remote.access-denied', 'RemoteConnectionDisallowed'],
};

/** WinRM gives one number for whatever went wrong in Kerberos, and that of SSPI in its text only. */
const ofKerberos: Readonly<Record<string, readonly [RemoteErrorCode, string]>> = {
  '0x80090303': ['remote.kerberos-spn', 'SEC_E_TARGET_UNKNOWN'],
  '0x80090322': ['remote.kerberos-spn', 'SEC_E_WRONG_PRINCIPAL'],
  '0x80090324': ['remote.kerberos-clock', 'SEC_E_TIME_SKEW'],
  '0x80090311': ['remote.identity-refused', 'SEC_E_NO_AUTHENTICATING_AUTHORITY'],
  '0x8009030c': ['remote.identity-refused', 'SEC_E_LOGON_DENIED'],
  '0x8009030e': ['remote.identity-refused', 'SEC_E_NO_CREDENTIALS'],
  '0x8009035d': ['remote.identity-refused', 'SEC_E_DOWNGRADE_DETECTED'],
};

/** The error for a session that relay.ps1 could not open. No function ran. */
export function sessionNotOpened(failure: ErrorDetails | undefined, doing: string): RemoteError {
  const serverText = failure?.message ?? '';
  const number = Number(
    /^WsusBotSessionNotOpened:(-?\d+):/.exec(failure?.fullyQualifiedErrorId ?? '')?.[1] ?? 0,
  );
  const sspi = /\b0x8009[0-9a-f]{4}\b/i.exec(serverText)?.[0].toLowerCase() ?? '';
  const [code, detail] = ofKerberos[sspi] ?? rows[number] ?? [];
  if (code === undefined && number !== 0)
    return faultError({ code: number >>> 0, subcode: '', reason: serverText }, doing);
  return new RemoteError(code ?? 'remote.local-powershell', {
    doing,
    detail: detail ?? 'it opened no session',
    ...(serverText === '' ? {} : { serverText }),
    outcome: code === undefined ? 'not-sent' : 'refused',
  });
}
