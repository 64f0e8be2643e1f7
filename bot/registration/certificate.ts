import { X509Certificate } from 'node:crypto';
import { readPemFile, readPrivateKey, shownFile } from '../pem-file.ts';
import type { SigningKey } from './client-assertion.ts';

/** A certificate of the registration, by its private key. */
export interface Certificate extends SigningKey {
  /** Undefined: the file has the key alone. */
  readonly validUntil: Date | undefined;
}

const maxBytes = 64 * 1024;
const leastBits = 2048;

/**
 * Reads a PEM file with an RSA private key that nobody but its owner may read. When the certificate stands in it too, it must
 * belong to the key and have the thumbprint.
 * @param thumbprint Hexadecimal, SHA-1 (40 digits) or SHA-256 (64).
 * @returns or what is wrong, in words that quote nothing of the file.
 */
export const readCertificate = (
  thumbprint: string,
  file: string,
): { readonly certificate: Certificate } | { readonly problem: string } => {
  const shown = shownFile(file);
  const pem = readPemFile(file, { maxBytes, isPrivate: true });
  if ('problem' in pem) return pem;
  const read = readPrivateKey(pem.value, file);
  if ('problem' in read) return read;
  const key = read.value;
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < leastBits) {
    return { problem: `${shown} holds another key than RSA of at least ${leastBits} bits` };
  }
  const hex = thumbprint.toLowerCase();
  const x509 = certificateIn(pem.value);
  if (x509 !== undefined && !x509.checkPrivateKey(key)) {
    return { problem: `${shown} holds a certificate of another key` };
  }
  if (x509 !== undefined && !thumbprintsOf(x509).includes(hex)) {
    return { problem: `${shown} holds a certificate with another thumbprint` };
  }
  return { certificate: { thumbprint: hex, key, validUntil: x509?.validToDate } };
};

const certificateIn = (pem: string): X509Certificate | undefined => {
  const [block] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem) ?? [];
  try {
    return block === undefined ? undefined : new X509Certificate(block);
  } catch {
    return undefined;
  }
};

const thumbprintsOf = ({ fingerprint, fingerprint256 }: X509Certificate): string[] =>
  [fingerprint, fingerprint256].map((text) => text.replaceAll(':', '').toLowerCase());
