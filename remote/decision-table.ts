import type { Outcome } from './coded-error.ts';
import { isLanguageModeError } from './language-mode.ts';
import type { RemoteErrorCode } from './remote-error.ts';

/** What was seen in the place of what should have been, by the layer that it was seen in. Names and numbers, no text of a server. */
export interface Seen {
  /** Code of Node.js' resolver. */
  readonly name: { readonly error: string };
  /** Code of a TCP connection that did not come about; `silence` when nothing came in time. */
  readonly port: { readonly error: string };
  /** Code of Node.js or OpenSSL for a TLS handshake. */
  readonly tls: { readonly error: string };
  readonly http:
    | { readonly failure: 'gone' | 'lost' | 'timed-out' | 'not-http' | 'tls' | 'too-large' }
    | HttpSeen;
  readonly 'sign-in': SignInSeen;
  readonly session: HttpSeen | FaultSeen;
  /** Identifier of the error that a function ended with. */
  readonly function: { readonly errorId: string };
}

export type Layer = keyof Seen;

/** An answer without the protection that a session has. */
export interface HttpSeen {
  readonly status: number;
  readonly isEmpty: boolean;
  readonly isSoap: boolean;
  /** `Via`, `Proxy-Authenticate` or the like: somebody between us wrote into it. */
  readonly isFromProxy: boolean;
  /** `Server: Microsoft-HTTPAPI`: HTTP.SYS of Windows itself, before any service. */
  readonly isFromHttpSys: boolean;
}

/** A 401. */
export interface SignInSeen {
  readonly scheme: 'Negotiate' | 'Kerberos' | 'Basic' | 'certificate';
  /** Signed in with a Kerberos ticket, in either scheme that takes one. */
  readonly hasTicket: boolean;
  /** Of WWW-Authenticate, in lower case. */
  readonly offered: readonly string[];
  /** The server took part: a challenge came, or the 401 answers everything that there is to send. */
  readonly isAnswered: boolean;
  readonly account: 'local' | 'of this domain' | 'of another domain' | 'unknown';
  readonly isEncrypted: boolean;
  /** Seconds that the server's clock (`Date`) is ahead, where the sign-in was made with ours. */
  readonly clockAhead: number | undefined;
}

/** A WSManFault. */
interface FaultSeen {
  readonly code: number | undefined;
  readonly subcode: string;
}

export interface DecisionRow<T> {
  /** For people: the table in docs/connecting.md is made of it. */
  readonly seen: string;
  readonly when: (seen: T) => boolean;
  readonly code: RemoteErrorCode;
  /** After the reason, where there is more to say than the code of the error. */
  readonly detail?: string;
  /** Of a fault: whether the request that it answers surely did not run. */
  readonly outcome?: Outcome;
}

const row = <T>(
  code: string & keyof { [C in RemoteErrorCode as C extends `remote.${infer Name}` ? Name : never]: C },
  seen: string,
  when: (seen: T) => boolean,
  more: { readonly detail?: string; readonly outcome?: Outcome } = {},
): DecisionRow<T> => ({ code: `remote.${code}`, seen, when, ...more });

/** Minutes that Kerberos and a domain controller allow between two clocks (MS-KILE 3.2). */
const allowedSeconds = 300;
const any = () => true;
const oneOf =
  (...errors: readonly string[]) =>
  ({ error }: { readonly error: string }) =>
    errors.includes(error);
/** Names of OpenSSL's X509_V_ERR: all without a row of their own say that the chain is not believed. */
const ofChain =
  /^(?:UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CERT_|CRL_|INVALID_|PATH_|ISSUER_|EE_|CA_|HOSTNAME_)/;
const failed =
  (kind: string) =>
  (seen: Seen['http']): boolean =>
    'failure' in seen && seen.failure === kind;
const status =
  (...codes: readonly number[]) =>
  (seen: object): boolean =>
    'status' in seen && codes.includes(seen.status as number);
const fault =
  (...codes: readonly number[]) =>
  (seen: Seen['session']): boolean =>
    'subcode' in seen && seen.code !== undefined && codes.includes(seen.code);
const subcode =
  (name: string) =>
  (seen: Seen['session']): boolean =>
    'subcode' in seen && seen.subcode === name;
const isProxy = (seen: object): boolean =>
  status(407, 502, 504)(seen) || ('isFromProxy' in seen && seen.isFromProxy === true);
const refused = { outcome: 'refused' } as const;
const unknown = { outcome: 'unknown' } as const;

/**
 * From what was seen to what it means, layer by layer in the order in which a connection meets them; in a layer the first row that fits
 * holds, and the last one fits everything. Fault codes are those of the Windows SDK (wsmerror.h, winerror.h).
 */
export const decisionTable: { readonly [L in Layer]: readonly DecisionRow<Seen[L]>[] } = {
  name: [row('name-not-found', 'the name has no address', any)],
  port: [
    row('port-closed', 'the connection is refused (ECONNREFUSED)', oneOf('ECONNREFUSED')),
    row('unreachable', 'no answer in time, no route: filtered, or the host is off', any),
  ],
  tls: [
    row('certificate-expired', 'the certificate has expired', oneOf('CERT_HAS_EXPIRED'), {
      detail: 'expired',
    }),
    row('certificate-expired', 'the certificate is not valid yet', oneOf('CERT_NOT_YET_VALID'), {
      detail: 'not valid yet',
    }),
    row('certificate-name', 'the certificate is for other names', oneOf('ERR_TLS_CERT_ALTNAME_INVALID'), {
      detail: 'the names in it are others',
    }),
    row(
      'tls-failed',
      'no TLS version in common',
      oneOf('ERR_SSL_UNSUPPORTED_PROTOCOL', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'),
      { detail: 'no TLS version in common' },
    ),
    row(
      'tls-failed',
      'no cipher in common',
      oneOf('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'),
      { detail: 'no cipher in common' },
    ),
    row(
      'wrong-scheme',
      'HTTP answers a TLS handshake',
      oneOf('ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'),
      { detail: 'a port that was to speak TLS does not' },
    ),
    row('certificate-untrusted', 'the chain of the certificate is not believed', ({ error }) =>
      ofChain.test(error),
    ),
    row('tls-failed', 'anything else ends the handshake', any),
  ],
  http: [
    row('wrong-scheme', 'a TLS alert answers an HTTP request', failed('tls'), {
      detail: 'TLS answered on a port that was to speak HTTP',
    }),
    row('not-winrm', 'what answers is no HTTP', failed('not-http')),
    row('broken-answer', 'the answer is larger than any that was asked for', failed('too-large')),
    row('timed-out', 'no answer in time', failed('timed-out')),
    row('connection-lost', 'the connection ends before the answer', (seen) => 'failure' in seen),
    row('proxy', 'HTTP 407, 502 or 504, or the header Via', isProxy),
    row(
      'listener-missing',
      'HTTP 404 or 405 of Windows itself (Microsoft-HTTPAPI)',
      (seen) => status(404, 405)(seen) && 'isFromHttpSys' in seen && seen.isFromHttpSys,
    ),
    row('forbidden', 'HTTP 403', status(403)),
    row('busy', 'HTTP 503', status(503)),
    row('not-winrm', 'a web page, or any other status', any),
  ],
  'sign-in': [
    row(
      'sign-in-not-offered',
      'HTTP 401 that does not offer the kind that is configured (Basic off, Negotiate off, Kerberos off)',
      ({ scheme, offered, isAnswered }) =>
        scheme !== 'certificate' &&
        !offered.includes(scheme.toLowerCase()) &&
        (offered.length > 0 || !isAnswered),
    ),
    row(
      'ntlm-refused',
      'HTTP 401 that offers Negotiate and brings no NTLM challenge',
      ({ isAnswered, scheme }) => scheme === 'Negotiate' && !isAnswered,
    ),
    row(
      'kerberos-clock',
      'HTTP 401 to Kerberos, and Date differs by more than five minutes',
      ({ hasTicket, clockAhead = 0 }) => hasTicket && Math.abs(clockAhead) > allowedSeconds,
    ),
    row(
      'kerberos-refused',
      'HTTP 401 to a Kerberos ticket: the name of the server is another account’s, no right to come over the network, or a device that opens the TLS',
      ({ hasTicket }) => hasTicket,
    ),
    row(
      'sign-in-refused',
      'HTTP 401 to NTLM without a time of the server, and Date differs by more than five minutes',
      ({ clockAhead = 0 }) => Math.abs(clockAhead) > allowedSeconds,
      { detail: 'its clock differs by more than five minutes' },
    ),
    row('sign-in-refused', 'HTTP 401 to a client certificate', ({ scheme }) => scheme === 'certificate', {
      detail: 'the certificate is mapped to no account',
    }),
    row(
      'local-account-refused',
      'HTTP 401 for a local account: its password, its state, or the filter for local administrators',
      ({ account, scheme }) => account === 'local' || scheme === 'Basic',
    ),
    row(
      'sign-in-refused',
      'HTTP 401 for an account of a domain that is not that of the server',
      ({ account }) => account === 'of another domain',
      { detail: 'the account is of another domain than the server' },
    ),
    row(
      'channel-binding',
      'HTTP 401 to a sign-in that is bound to TLS: password, state, or a device that opens the TLS',
      ({ isEncrypted }) => isEncrypted,
    ),
    row('sign-in-refused', 'HTTP 401: password, locked, disabled or expired', any),
  ],
  session: [
    row('envelope-too-large', 'HTTP 413', status(413), refused),
    row(
      'connection-lost',
      'HTTP 400 or 401 to a message: the server does not know the sign-in of this socket',
      status(400, 401),
    ),
    row(
      'sealing-refused',
      'HTTP 500 with an empty body: the server took the message for one that is not sealed',
      (seen) => status(500)(seen) && 'isEmpty' in seen && seen.isEmpty,
    ),
    row('busy', 'HTTP 503 to a message', status(503)),
    row('proxy', 'HTTP 407, 502 or 504 to a message, or the header Via', isProxy),
    row(
      'sealing-refused',
      'SOAP without the protection that was asked for',
      (seen) => 'isSoap' in seen && seen.isSoap,
    ),
    row('not-winrm', 'any other answer without a fault', (seen) => 'status' in seen),
    row('timed-out', 'fault 2150858793, operation timed out', fault(2150858793), unknown),
    row(
      'connection-lost',
      'fault 2150858843 or 2150859082, the session is gone',
      fault(2150858843, 2150859082),
      refused,
    ),
    row('connection-lost', 'fault 995, aborted', fault(995), unknown),
    row('shell-quota', 'fault 2150859173, shells of this account', fault(2150859173), refused),
    row(
      'busy',
      'fault 170, 2150859174, 2150859175, 2150859176 or 2150859179, other quotas',
      fault(170, 2150859174, 2150859175, 2150859176, 2150859179),
      refused,
    ),
    row(
      'busy',
      'faults 2150859236 to 2150859241, quotas of the endpoint',
      (seen) =>
        'subcode' in seen && seen.code !== undefined && seen.code >= 2150859236 && seen.code <= 2150859241,
      refused,
    ),
    row('endpoint-missing', 'fault 2150858811, no endpoint of this name', fault(2150858811), refused),
    row('access-denied', 'fault 5, the account is not in the list of the endpoint', fault(5), refused),
    row('shells-not-allowed', 'fault 2150859180, remote shells are not allowed', fault(2150859180), refused),
    row(
      'virtual-account',
      'fault 2150859259 or 2150859261, the account of the endpoint',
      fault(2150859259, 2150859261),
      refused,
    ),
    row(
      'envelope-too-large',
      'fault 2150858824 or 2150858825, size of a message',
      fault(2150858824, 2150858825),
      unknown,
    ),
    row(
      'out-of-memory',
      'fault 8, 14 or 1816, also as 0x8007…: memory or quota of memory',
      fault(8, 14, 1816, 2147942408, 2147942414, 2147944216),
      unknown,
    ),
    row(
      'restarting',
      'fault 1115, also as 0x8007045B: the system shuts down',
      fault(1115, 2147943515),
      unknown,
    ),
    row('timed-out', 'fault without a known code, subcode TimedOut', subcode('TimedOut'), unknown),
    row(
      'access-denied',
      'fault without a known code, subcode AccessDenied',
      subcode('AccessDenied'),
      refused,
    ),
    row('fault', 'any other fault', any, unknown),
  ],
  function: [
    row('language-mode', 'an error of the language mode (AppLocker, App Control)', ({ errorId }) =>
      isLanguageModeError({ fullyQualifiedErrorId: errorId }),
    ),
    row('out-of-memory', 'an error of the kind OutOfMemoryException', ({ errorId }) =>
      /OutOfMemory/i.test(errorId),
    ),
    row('function-failed', 'any other error', any),
  ],
};

/** What something that was seen means. */
export function decide<L extends Layer>(layer: L, seen: Seen[L]): DecisionRow<Seen[L]> {
  const rows: readonly DecisionRow<Seen[L]>[] = decisionTable[layer];
  return rows.find(({ when }) => when(seen)) as DecisionRow<Seen[L]>;
}
