import { RemoteError, type RemoteErrorCode } from '../../remote-error.ts';
import type { ProgramEnd } from './run-program.ts';

interface Row {
  /** What kinit and kvno of MIT and Heimdal write in the language C. */
  readonly says: RegExp;
  readonly code: RemoteErrorCode;
  readonly detail?: string;
}

/** The first row that fits says why. The programs have one exit status for everything. */
const rows: readonly Row[] = [
  {
    says: /Server \S* not found in Kerberos database/i,
    code: 'remote.kerberos-spn',
    detail: 'neither the domain nor one that it trusts knows it, or two accounts have it',
  },
  { says: /Client \S* not found in Kerberos database/i, code: 'remote.kerberos-principal' },
  { says: /Preauthentication failed|Password incorrect/i, code: 'remote.kerberos-key' },
  {
    says: /credentials have been revoked/i,
    code: 'remote.kerberos-account',
    detail: 'disabled or locked',
  },
  { says: /Client's entry in database has expired/i, code: 'remote.kerberos-account', detail: 'expired' },
  { says: /Password has expired/i, code: 'remote.kerberos-account', detail: 'its password has expired' },
  { says: /Clock skew too great/i, code: 'remote.kerberos-clock', detail: 'with the domain controller' },
  { says: /Cannot contact any KDC/i, code: 'remote.kerberos-kdc' },
  {
    says: /Cannot find KDC for realm|Realm not local to KDC|KDC reply did not match expectations|does not specify default realm|Improper format of Kerberos config/i,
    code: 'remote.kerberos-realm',
  },
  {
    says: /Key table file .* not found|keytab.*(?:not found|Permission denied|Unsupported)|Unsupported key table|Permission denied.*key ?tab/i,
    code: 'remote.kerberos-keytab',
    detail: 'it cannot be read',
  },
  {
    says: /contains no suitable keys|No key table entry found/i,
    code: 'remote.kerberos-keytab',
    detail: 'it has no AES key for the principal',
  },
  { says: /no support for encryption type|encryption type not supported/i, code: 'remote.kerberos-enctype' },
];

/** The error for a run of kinit or kvno that brought no ticket; nothing was sent to the server. */
export function ticketRefusal(program: string, end: ProgramEnd, doing: string): RemoteError {
  const outcome = 'not-sent';
  if (end.isMissing) {
    return new RemoteError('remote.kerberos-programs', { doing, detail: program, outcome });
  }
  if (end.status === undefined) {
    return new RemoteError('remote.kerberos-kdc', {
      doing,
      detail: `${program} not within its time`,
      outcome,
    });
  }
  const row = rows.find(({ says }) => says.test(end.complaint));
  const serverText = end.complaint.trim();
  return new RemoteError(row?.code ?? 'remote.kerberos-no-ticket', {
    doing,
    detail: row?.detail ?? program,
    ...(serverText !== '' && { serverText }),
    outcome,
  });
}
