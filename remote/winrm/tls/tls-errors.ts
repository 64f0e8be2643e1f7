import { RemoteError, type RemoteErrorCode } from '../../remote-error.ts';

type TlsErrorCode = Extract<RemoteErrorCode, `remote.${'certificate-' | 'tls-' | 'wrong-'}${string}`>;

/** Where Node.js' code alone says less than can be said. */
const rows: Readonly<Record<string, readonly [TlsErrorCode, string]>> = {
  CERT_HAS_EXPIRED: ['remote.certificate-expired', 'expired'],
  CERT_NOT_YET_VALID: ['remote.certificate-expired', 'not valid yet'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['remote.certificate-name', 'the names in it are others'],
  ERR_SSL_UNSUPPORTED_PROTOCOL: ['remote.tls-failed', 'no TLS version in common'],
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: ['remote.tls-failed', 'no TLS version in common'],
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: ['remote.tls-failed', 'no cipher in common'],
  'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE': ['remote.tls-failed', 'no cipher in common'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['remote.wrong-scheme', 'a port that was to speak TLS does not'],
  ERR_SSL_PACKET_LENGTH_TOO_LONG: ['remote.wrong-scheme', 'a port that was to speak TLS does not'],
};

/** Names of OpenSSL's X509_V_ERR: all that are not above say that this chain is not believed. */
const ofChain =
  /^(?:UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CERT_|CRL_|INVALID_|PATH_|ISSUER_|EE_|CA_|HOSTNAME_)/;

/** Why a TLS handshake ended without a secured socket. Names in the certificate are the server's words. */
export function tlsError(error: NodeJS.ErrnoException, doing: string): RemoteError {
  const named = error.code ?? 'no code';
  const [code, detail] = rows[named] ?? [
    ofChain.test(named) ? 'remote.certificate-untrusted' : 'remote.tls-failed',
    named,
  ];
  const serverText = code === 'remote.certificate-name' ? namesIn(error) : undefined;
  return new RemoteError(code, {
    doing,
    detail,
    outcome: 'not-sent',
    ...(serverText !== undefined && { serverText }),
    cause: error,
  });
}

function namesIn(error: Error): string | undefined {
  const certificate: unknown = 'cert' in error ? error.cert : undefined;
  if (typeof certificate !== 'object' || certificate === null || !('subjectaltname' in certificate))
    return undefined;
  return typeof certificate.subjectaltname === 'string' ? certificate.subjectaltname : undefined;
}
