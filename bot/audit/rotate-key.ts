import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import type { Person } from '../changes/person.ts';
import { record } from '../store/audit.ts';
import { auditRowsOf } from '../store/audit-rows.ts';
import type { Database } from '../store/open-database.ts';
import { AuditError } from './audit-error.ts';
import { type AuditKey, newKeyText, readKey, writeKey } from './audit-key.ts';
import { keyMadeDetail, keyRotatedDetail } from './known-keys.ts';
import { publicKeyText } from './signed-head.ts';

const oldFile = (file: string): string => `${file}.old`;

/**
 * Puts a new key in the place of the one that signs, and an entry `key-rotated`, signed by the old key, into the audit. The
 * old private key is gone afterwards. Throws an AuditError.
 */
export const rotateKey = async (
  database: Database,
  file: string,
  at: Date,
): Promise<{ readonly old: AuditKey; readonly key: AuditKey }> => {
  await finishRotation(database, file, at);
  const old = readKey(file);
  const doing = `replacing ${basename(file)}`;
  if (old === undefined) throw new AuditError('audit.key-missing', doing);
  const next = `${file}.new`;
  rmSync(next, { force: true });
  try {
    writeKey(next, newKeyText());
  } catch (error) {
    throw new AuditError('audit.file-not-usable', doing, error);
  }
  const key = readKey(next);
  if (key === undefined) throw new AuditError('audit.key-missing', doing);
  await nameKey(database, old, at);
  try {
    await database.transaction().execute(async (transaction) => {
      await recordRotation(transaction, old, key, at);
      // Inside the transaction: whoever reads a head that counts this entry, and then the key, reads the new one.
      // At no moment is there no key: a bot that starts just then would make one.
      linkSync(file, oldFile(file));
      renameSync(next, file);
    });
  } catch (error) {
    // The answer alone may have been lost. What cannot be asked now is ended at the next start.
    if (!(await isNamed(database, key))) {
      if (existsSync(oldFile(file))) renameSync(oldFile(file), file);
      throw error;
    }
  }
  rmSync(oldFile(file), { force: true });
  return { old, key };
};

/** Ends a rotation that was broken off, forwards when the new key is in its place, else backwards. Throws an AuditError. */
export const finishRotation = async (database: Database, file: string, at: Date): Promise<void> => {
  const old = readKey(oldFile(file));
  if (old === undefined) return;
  const key = readKey(file);
  if (key === undefined) {
    renameSync(oldFile(file), file);
    return;
  }
  // The same one in both: it had not come to the new key.
  if (key.id !== old.id && !(await isNamed(database, key)))
    await database.transaction().execute((transaction) => recordRotation(transaction, old, key, at));
  rmSync(oldFile(file), { force: true });
};

/** Adds an entry `key-made`, unless the audit names the key already. */
export const nameKey = async (
  database: Database,
  { publicKey, ...key }: AuditKey,
  at: Date,
): Promise<void> => {
  if (await isNamed(database, { publicKey, ...key })) return;
  await database
    .transaction()
    .execute((transaction) =>
      record(transaction, { ...byItself, kind: 'key-made', at, detail: keyMadeDetail(publicKey) }),
    );
};

const byItself: { readonly actor: Person | null; readonly server: null; readonly changeId: null } = {
  actor: null,
  server: null,
  changeId: null,
};

const recordRotation = (transaction: Database, old: AuditKey, key: AuditKey, at: Date): Promise<void> =>
  record(transaction, {
    ...byItself,
    kind: 'key-rotated',
    at,
    detail: keyRotatedDetail(old, key.publicKey),
  });

const isNamed = async (database: Database, { publicKey }: AuditKey): Promise<boolean> => {
  const text = JSON.stringify(publicKeyText(publicKey));
  const rows = await auditRowsOf(database, ['key-made', 'key-rotated']);
  return rows.some(({ entryJson }) =>
    [`"publicKey":${text}`, `"newPublicKey":${text}`].some((member) => entryJson.includes(member)),
  );
};
