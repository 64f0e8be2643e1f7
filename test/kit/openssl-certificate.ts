import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Certificate } from './self-signed-certificate.ts';

/** A certificate for localhost by openssl itself. @param options of `openssl req`: the key, the digest of the signature */
export const opensslCertificate = (options: readonly string[]): Certificate => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-certificate-'));
  try {
    const [keyFile, certFile] = [join(folder, 'k.pem'), join(folder, 'c.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
    const args = ['req', '-x509', '-nodes', ...subject, ...options, '-keyout', keyFile, '-out', certFile];
    execFileSync('openssl', args, { stdio: 'ignore' });
    return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
