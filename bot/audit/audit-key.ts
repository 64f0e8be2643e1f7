import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { isOpenToOthers } from '../open-to-others.ts';
import { AuditError } from './audit-error.ts';
import { keyIdOf } from './signed-head.ts';

/** The key that signs heads of the audit. */
export interface AuditKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Reads the key file: Ed25519, PKCS #8, PEM. Undefined: there is none. Throws an AuditError. */
export const readKey = (file: string): AuditKey | undefined => {
  const doing = `reading ${basename(file)}`;
  let pem: string;
  try {
    if (isOpenToOthers(file)) throw new AuditError('audit.key-open-to-others', doing);
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error instanceof AuditError ? error : new AuditError('audit.file-not-usable', doing, error);
  }
  return keyOf(pem, doing);
};

/** Makes the key file with a new key, mode 0600, its folder too. Of two processes that do so at once both use the one that stays. */
export const makeKey = (file: string): AuditKey => {
  const doing = `making ${basename(file)}`;
  const temporary = `${file}.${randomUUID()}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeKey(temporary, newKeyText());
    try {
      // Unlike a rename, a link does not replace the key of a process that was quicker.
      linkSync(temporary, file);
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    } finally {
      unlinkSync(temporary);
    }
  } catch (error) {
    throw new AuditError('audit.file-not-usable', doing, error);
  }
  const key = readKey(file);
  if (key === undefined) throw new AuditError('audit.key-not-usable', doing);
  return key;
};

/** A new Ed25519 key as PEM. */
export const newKeyText = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Writes a key where there is no file yet, on the disk before this returns. */
export const writeKey = (file: string, pem: string): void => {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, pem);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** The key of a PEM text. Throws an AuditError when it is no Ed25519 key. */
const keyOf = (pem: string, doing: string): AuditKey => {
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    // The cause may quote what is in the file.
    throw new AuditError('audit.key-not-usable', doing);
  }
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new AuditError('audit.key-not-usable', doing);
  const publicKey = createPublicKey(privateKey);
  return { id: keyIdOf(publicKey), privateKey, publicKey };
};

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
