/**
 * Why a server's certificate is believed: a chain to an authority and the server's name in it, or a pin, which is this very certificate
 * whatever its issuer and name. There is no third way.
 */
export type ServerTrust =
  | {
      readonly kind: 'authorities';
      /** PEM; undefined: those of this machine and those that Node.js brings. */
      readonly pem: string | undefined;
    }
  | {
      readonly kind: 'pin';
      /** SHA-256 of the certificate in DER, 64 digits in lower case. */
      readonly sha256: string;
    };

/** A certificate that signs the bot in, and its private key, both PEM. */
export interface ClientCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface TlsSettings {
  readonly trust: ServerTrust;
  readonly clientCertificate?: ClientCertificate | undefined;
}
