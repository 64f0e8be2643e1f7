import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type DecisionRow,
  decide,
  decisionTable,
  type HttpSeen,
  type Layer,
  type Seen,
  type SignInSeen,
} from '../../remote/decision-table.ts';
import { type RemoteErrorCode, remoteErrors } from '../../remote/remote-error.ts';

const http = (status: number, more: Partial<HttpSeen> = {}): HttpSeen => ({
  status,
  isEmpty: false,
  isSoap: false,
  isFromProxy: false,
  isFromHttpSys: false,
  ...more,
});
const signIn = (more: Partial<SignInSeen> = {}): SignInSeen => ({
  scheme: 'Negotiate',
  hasTicket: false,
  offered: ['negotiate', 'kerberos'],
  isAnswered: true,
  account: 'of this domain',
  isEncrypted: false,
  clockAhead: undefined,
  ...more,
});
const fault = (code: number | undefined, subcode = '') => ({ code, subcode });

/** One for each row, in the order of the rows, with the code it has to come to. */
const examples: { readonly [L in Layer]: readonly (readonly [Seen[L], string])[] } = {
  name: [[{ error: 'ENOTFOUND' }, 'name-not-found']],
  port: [
    [{ error: 'ECONNREFUSED' }, 'port-closed'],
    [{ error: 'silence' }, 'unreachable'],
  ],
  tls: [
    [{ error: 'CERT_HAS_EXPIRED' }, 'certificate-expired'],
    [{ error: 'CERT_NOT_YET_VALID' }, 'certificate-expired'],
    [{ error: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'certificate-name'],
    [{ error: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' }, 'tls-failed'],
    [{ error: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE' }, 'tls-failed'],
    [{ error: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'wrong-scheme'],
    [{ error: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'certificate-untrusted'],
    [{ error: 'ECONNRESET' }, 'tls-failed'],
  ],
  http: [
    [{ failure: 'tls' }, 'wrong-scheme'],
    [{ failure: 'not-http' }, 'not-winrm'],
    [{ failure: 'too-large' }, 'broken-answer'],
    [{ failure: 'timed-out' }, 'timed-out'],
    [{ failure: 'lost' }, 'connection-lost'],
    [http(407), 'proxy'],
    [http(404, { isFromHttpSys: true }), 'listener-missing'],
    [http(403), 'forbidden'],
    [http(503), 'busy'],
    [http(200), 'not-winrm'],
  ],
  'sign-in': [
    [signIn({ scheme: 'Basic' }), 'sign-in-not-offered'],
    [signIn({ isAnswered: false }), 'ntlm-refused'],
    [signIn({ hasTicket: true, clockAhead: -301 }), 'kerberos-clock'],
    [signIn({ hasTicket: true, isEncrypted: true }), 'kerberos-refused'],
    [signIn({ clockAhead: 301 }), 'sign-in-refused'],
    [signIn({ scheme: 'certificate' }), 'sign-in-refused'],
    [signIn({ account: 'local', isEncrypted: true }), 'local-account-refused'],
    [signIn({ account: 'of another domain' }), 'sign-in-refused'],
    [signIn({ isEncrypted: true }), 'channel-binding'],
    [signIn({ clockAhead: 300 }), 'sign-in-refused'],
  ],
  session: [
    [http(413), 'envelope-too-large'],
    [http(401), 'connection-lost'],
    [http(500, { isEmpty: true }), 'sealing-refused'],
    [http(503), 'busy'],
    [http(200, { isFromProxy: true }), 'proxy'],
    [http(200, { isSoap: true }), 'sealing-refused'],
    [http(200), 'not-winrm'],
    [fault(2150858793), 'timed-out'],
    [fault(2150858843), 'connection-lost'],
    [fault(995), 'connection-lost'],
    [fault(2150859173), 'shell-quota'],
    [fault(2150859179), 'busy'],
    [fault(2150859241), 'busy'],
    [fault(2150858811), 'endpoint-missing'],
    [fault(5), 'access-denied'],
    [fault(2150859180), 'shells-not-allowed'],
    [fault(2150859261), 'virtual-account'],
    [fault(2150858825), 'envelope-too-large'],
    [fault(2147942414), 'out-of-memory'],
    [fault(2147943515), 'restarting'],
    [fault(undefined, 'TimedOut'), 'timed-out'],
    [fault(undefined, 'AccessDenied'), 'access-denied'],
    [fault(2150858817, 'SchemaValidationError'), 'fault'],
  ],
  function: [
    [{ errorId: 'MethodInvocationNotSupportedInConstrainedLanguage' }, 'language-mode'],
    [{ errorId: 'System.OutOfMemoryException,Get-WsusBotReport' }, 'out-of-memory'],
    [{ errorId: 'RuntimeException' }, 'function-failed'],
  ],
};

for (const layer of Object.keys(decisionTable) as Layer[]) {
  const rows: readonly DecisionRow<never>[] = decisionTable[layer];
  rows.forEach((row, index) => {
    test(`${layer}: ${row.seen}`, () => {
      const [seen, code] = examples[layer][index] ?? assert.fail('no example for this row');
      assert.equal(decide(layer, seen), row);
      assert.equal(row.code, `remote.${code}`);
    });
  });

  test(`${layer} has no example without a row`, () => {
    assert.equal(examples[layer].length, rows.length);
  });
}

test('a closed connection of a socket that sent nothing is a lost one too', () => {
  assert.equal(decide('http', { failure: 'gone' }).code, 'remote.connection-lost');
});

/** Thrown where there is nothing to decide: by what makes tickets, loads the module, reads answers, ends a call, asks replicas. */
const elsewhere: readonly RemoteErrorCode[] = [
  'remote.identity-refused',
  'remote.kerberos-account',
  'remote.kerberos-enctype',
  'remote.kerberos-kdc',
  'remote.kerberos-key',
  'remote.kerberos-keytab',
  'remote.kerberos-no-ticket',
  'remote.kerberos-principal',
  'remote.kerberos-programs',
  'remote.kerberos-realm',
  'remote.kerberos-spn',
  'remote.kerberos-unproven',
  'remote.local-powershell',
  'remote.module-not-loaded',
  'remote.stopped',
  'remote.no-worker',
];

test('the table and what is thrown elsewhere make up all errors', () => {
  const codes = Object.values(decisionTable).flatMap((rows: readonly DecisionRow<never>[]) =>
    rows.map(({ code }) => code),
  );
  assert.deepEqual([...new Set([...codes, ...elsewhere])].sort(), Object.keys(remoteErrors).sort());
});
