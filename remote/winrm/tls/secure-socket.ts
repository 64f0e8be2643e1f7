import type { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import {
  type ConnectionOptions,
  connect,
  createSecureContext,
  getCACertificates,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import { RemoteError } from '../../remote-error.ts';
import { tlsError } from './tls-errors.ts';
import type { ServerTrust, TlsSettings } from './tls-settings.ts';

export interface SecureTarget {
  /** Name or address that the certificate must be for. */
  readonly host: string;
  readonly tls: TlsSettings;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * TLS 1.2 or 1.3 over a connected socket. The certificate is checked before a byte of HTTP is sent; nothing, neither an option nor
 * NODE_TLS_REJECT_UNAUTHORIZED, turns that off. A client certificate keeps it at 1.2: WinRM asks for one after the handshake
 * (HTTP.SYS), which 1.3 calls post-handshake authentication (RFC 8446 4.6.2) and Node.js does not offer.
 * @param timeout milliseconds
 * @throws RemoteError; nothing was sent, and the socket is destroyed
 */
export function secureSocket(
  socket: Socket,
  { host, tls, now }: SecureTarget,
  timeout: number,
  doing: string,
): Promise<TLSSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  const options: ConnectionOptions = {
    socket,
    host,
    // A name only, RFC 6066 3.
    ...(isIP(host) === 0 && { servername: host }),
    secureContext: contextOf(tls),
    // A pin stands in place of chain and name; it is checked below.
    rejectUnauthorized: tls.trust.kind !== 'pin',
  };
  const secured = connect(options);
  const stop = (error: RemoteError) => {
    clearTimeout(timer);
    secured.destroy();
    reject(error);
  };
  const timer = setTimeout(
    () => stop(new RemoteError('remote.tls-failed', { doing, detail: silent(timeout), outcome: 'not-sent' })),
    timeout,
  );
  secured.on('error', (error) => stop(tlsError(error, doing)));
  secured.once('secureConnect', () => {
    clearTimeout(timer);
    const error = tls.trust.kind === 'pin' ? pinError(secured, tls.trust.sha256, now(), doing) : undefined;
    if (error !== undefined) return stop(error);
    secured.removeAllListeners('error');
    resolve(secured);
  });
  return promise;
}

const silent = (timeout: number) => `no TLS handshake within ${timeout} ms`;

/** A pinned certificate has dates all the same. */
function pinError(secured: TLSSocket, sha256: string, now: number, doing: string): RemoteError | undefined {
  const certificate = secured.getPeerX509Certificate();
  const seen = certificate && fingerprintOf(certificate);
  const fail = (code: 'remote.certificate-untrusted' | 'remote.certificate-expired', detail: string) =>
    new RemoteError(code, { doing, detail, outcome: 'not-sent' });
  if (certificate === undefined || seen !== sha256)
    return fail('remote.certificate-untrusted', `its SHA-256 is ${seen}, another one is pinned`);
  if (now < Date.parse(certificate.validFrom)) return fail('remote.certificate-expired', 'not valid yet');
  if (now > Date.parse(certificate.validTo)) return fail('remote.certificate-expired', 'expired');
  return undefined;
}

const fingerprintOf = ({ fingerprint256 }: X509Certificate) =>
  fingerprint256.replaceAll(':', '').toLowerCase();

/** Reading hundreds of authorities takes longer than the handshake, so each settings' are read once. */
const contexts = new WeakMap<TlsSettings, SecureContext>();

function contextOf(tls: TlsSettings): SecureContext {
  const known = contexts.get(tls);
  if (known !== undefined) return known;
  const { clientCertificate } = tls;
  const context = createSecureContext({
    ...authoritiesOf(tls.trust),
    minVersion: 'TLSv1.2',
    maxVersion: clientCertificate === undefined ? 'TLSv1.3' : 'TLSv1.2',
    ...(clientCertificate && { cert: clientCertificate.certificate, key: clientCertificate.key }),
  });
  contexts.set(tls, context);
  return context;
}

/** An own file stands alone. Without one also what this machine trusts: on Windows the authorities of the domain are there. */
function authoritiesOf(trust: ServerTrust): { readonly ca: string | string[] } {
  if (trust.kind === 'pin') return { ca: [] };
  return { ca: trust.pem ?? [...getCACertificates('default'), ...getCACertificates('system')] };
}
