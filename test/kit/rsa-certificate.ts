import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and its certificate, as an administrator makes them for a registration, and their thumbprints. */
export interface RegistrationCertificate {
  /** PEM, PKCS #8. */
  readonly key: string;
  readonly cert: string;
  readonly sha1: string;
  readonly sha256: string;
}

/** By openssl itself. `days` from now. */
export const rsaCertificate = (days: number): RegistrationCertificate => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-certificate-'));
  try {
    const [keyFile, certFile] = [join(folder, 'k.pem'), join(folder, 'c.pem')];
    const options = ['-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=wsus-bot', '-days', String(days)];
    execFileSync('openssl', ['req', '-x509', ...options, '-keyout', keyFile, '-out', certFile], {
      stdio: 'ignore',
    });
    const cert = readFileSync(certFile, 'utf8');
    const { fingerprint, fingerprint256 } = new X509Certificate(cert);
    return {
      key: readFileSync(keyFile, 'utf8'),
      cert,
      sha1: fingerprint.replaceAll(':', ''),
      sha256: fingerprint256.replaceAll(':', ''),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
