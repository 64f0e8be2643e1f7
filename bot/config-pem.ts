import { X509Certificate } from 'node:crypto';
import { type FileAnswer, readPemFile, readPrivateKey, shownFile } from './pem-file.ts';
import { Secret } from './secret.ts';

const maxBytes = 1024 * 1024;

/** The certificates of a PEM file: at least one, and each can be read. Problems quote nothing of the file. */
export function readAuthorities(file: string): FileAnswer<string> {
  const pem = readPemFile(file, { maxBytes, isPrivate: false });
  if ('problem' in pem) return pem;
  const certificates = certificatesIn(pem.value);
  return certificates === undefined
    ? { problem: `${shownFile(file)} holds no certificates in PEM` }
    : { value: certificates.join('\n') };
}

/** A client certificate, the chain behind it included, with its key, which nobody but its owner may read. */
export function readClientCertificate(
  certificateFile: string,
  keyFile: string,
): FileAnswer<{ readonly certificate: string; readonly key: Secret; readonly subject: string }> {
  const certificate = readAuthorities(certificateFile);
  if ('problem' in certificate) return certificate;
  const key = readPemFile(keyFile, { maxBytes, isPrivate: true });
  if ('problem' in key) return key;
  const parsed = readPrivateKey(key.value, keyFile);
  if ('problem' in parsed) return parsed;
  const own = new X509Certificate(certificate.value);
  if (!own.checkPrivateKey(parsed.value))
    return {
      problem: `${shownFile(keyFile)} is not the key of the certificate in ${shownFile(certificateFile)}`,
    };
  const subject = own.subject?.replaceAll('\n', ', ') ?? '';
  return { value: { certificate: certificate.value, key: new Secret(key.value), subject } };
}

/** Undefined: there is none, or one of them is broken. */
function certificatesIn(pem: string): string[] | undefined {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  try {
    for (const block of blocks ?? []) new X509Certificate(block);
    return blocks ?? undefined;
  } catch {
    return undefined;
  }
}
