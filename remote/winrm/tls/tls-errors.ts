import { RemoteError, type RemoteErrorCode } from '../../remote-error.ts';

/** By the code that Node.js gives the error: of the chain (OpenSSL's X509_V_ERR names), of the name, of the handshake. */
const codes: Readonly<Record<string, RemoteErrorCode>> = {
  CERT_HAS_EXPIRED: 'remote.certificate-expired',
  CERT_NOT_YET_VALID: 'remote.certificate-not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'remote.certificate-wrong-name',
  HOSTNAME_MISMATCH: 'remote.certificate-wrong-name',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'remote.tls-version',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'remote.tls-version',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'remote.tls-version',
  ERR_SSL_WRONG_VERSION_NUMBER: 'remote.no-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'remote.no-tls',
  ECONNRESET: 'remote.no-tls',
  EPIPE: 'remote.no-tls',
};

/** Reasons in OpenSSL's list that are none of the above and all say: this chain is not believed. */
const ofChain =
  /^(?:UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CERT_|CRL_|INVALID_|PATH_|ISSUER_|.*_KEY_TOO_SMALL|.*_MD_TOO_WEAK)/;

/** Why a TLS handshake ended without a secured socket. Names in the certificate are the server's words. */
export function tlsError(error: NodeJS.ErrnoException, doing: string): RemoteError {
  const named = error.code ?? 'no code';
  const code = codes[named] ?? (ofChain.test(named) ? 'remote.certificate-untrusted' : 'remote.no-tls');
  const serverText = code === 'remote.certificate-wrong-name' ? namesIn(error) : undefined;
  return new RemoteError(code, {
    doing,
    outcome: 'not-sent',
    ...(!ownWords.has(code) && { detail: named }),
    ...(serverText !== undefined && { serverText }),
    cause: error,
  });
}

/** Codes that say it all. */
const ownWords: ReadonlySet<RemoteErrorCode> = new Set([
  'remote.certificate-expired',
  'remote.certificate-not-yet-valid',
  'remote.certificate-wrong-name',
]);

function namesIn(error: Error): string | undefined {
  const certificate: unknown = 'cert' in error ? error.cert : undefined;
  if (typeof certificate !== 'object' || certificate === null || !('subjectaltname' in certificate))
    return undefined;
  return typeof certificate.subjectaltname === 'string' ? certificate.subjectaltname : undefined;
}
