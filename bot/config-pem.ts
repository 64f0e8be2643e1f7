import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { fileReason } from './config-secrets.ts';
import { isOpenToOthers, openToOthers } from './open-to-others.ts';
import { Secret } from './secret.ts';

type Answer<T> = { readonly value: T } | { readonly problem: string };

const maxBytes = 1024 * 1024;

/** The certificates of a PEM file: at least one, and each can be read. Problems quote nothing of the file. */
export function readAuthorities(file: string): Answer<string> {
  const pem = readPem(file);
  if ('problem' in pem) return pem;
  const certificates = certificatesIn(pem.value);
  return certificates === undefined
    ? { problem: `${shown(file)} holds no certificates in PEM` }
    : { value: certificates.join('\n') };
}

/** A client certificate, the chain behind it included, with its key, which nobody but its owner may read. */
export function readClientCertificate(
  certificateFile: string,
  keyFile: string,
): Answer<{ readonly certificate: string; readonly key: Secret; readonly subject: string }> {
  const certificate = readAuthorities(certificateFile);
  if ('problem' in certificate) return certificate;
  const key = readPem(keyFile, true);
  if ('problem' in key) return key;
  const parsed = keyIn(key.value);
  if (parsed === undefined)
    return { problem: `${shown(keyFile)} holds no private key without a passphrase, in PEM` };
  const own = new X509Certificate(certificate.value);
  if (!own.checkPrivateKey(parsed))
    return { problem: `${shown(keyFile)} is not the key of the certificate in ${shown(certificateFile)}` };
  const subject = own.subject?.replaceAll('\n', ', ') ?? '';
  return { value: { certificate: certificate.value, key: new Secret(key.value), subject } };
}

function readPem(file: string, isPrivate = false): Answer<string> {
  try {
    if (isPrivate && isOpenToOthers(file)) return { problem: openToOthers(file) };
    if (statSync(file).size > maxBytes) return { problem: `${shown(file)} is longer than ${maxBytes} bytes` };
    return { value: readFileSync(file, 'utf8') };
  } catch (error) {
    return { problem: `${shown(file)} cannot be read: ${fileReason(error)}` };
  }
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

function keyIn(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

const shown = (file: string): string => `the file ${JSON.stringify(basename(file))}`;
