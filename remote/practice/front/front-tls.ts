import { constants, X509Certificate } from 'node:crypto';
import type { SecureVersion, TlsOptions } from 'node:tls';
import { channelBindings } from '../../winrm/tls/channel-bindings.ts';

/** How strictly a sign-in must be tied to its TLS channel: CbtHardeningLevel of the WinRM service. */
export const cbtHardenings = ['None', 'Relaxed', 'Strict'] as const;
type CbtHardening = (typeof cbtHardenings)[number];

/** An HTTPS listener and what its service lets in beside Negotiate. */
export interface FrontTls {
  /** PEM */
  readonly key: string;
  readonly certificate: string;
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
  /** Relaxed unless given, as Windows has it. */
  readonly cbtHardening?: CbtHardening;
  /** Auth/Basic; off unless given, as Windows has it. */
  readonly basic?: boolean;
  /** Certificates (PEM) that sign in, each mapped to an account of the table by its name. */
  readonly clientCertificates?: readonly { readonly certificate: string; readonly user: string }[];
}

/** A listener's options for Node.js. */
export function listenerOptions({ key, certificate, minVersion, maxVersion }: FrontTls): TlsOptions {
  return {
    key,
    cert: certificate,
    minVersion: minVersion ?? 'TLSv1.2',
    maxVersion: maxVersion ?? 'TLSv1.3',
    // Or the renegotiation that asks for a client certificate would take the session up again, without one.
    secureOptions: constants.SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION,
  };
}

export function bindingsOf({ certificate }: FrontTls): Buffer | undefined {
  return channelBindings(new X509Certificate(certificate).raw);
}

/** Whom a client certificate is mapped to. @param sha256 hex in lower case */
export function mappedUser({ clientCertificates = [] }: FrontTls, sha256: string): string | undefined {
  return clientCertificates.find(({ certificate }) => {
    const { fingerprint256 } = new X509Certificate(certificate);
    return fingerprint256.replaceAll(':', '').toLowerCase() === sha256;
  })?.user;
}
