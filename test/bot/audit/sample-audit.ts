import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { exportedLine } from '../../../bot/audit/exported-lines.ts';
import { keyMadeDetail } from '../../../bot/audit/known-keys.ts';
import { type SignedHead, signHead } from '../../../bot/audit/signed-head.ts';
import { canonicalJson } from '../../../bot/changes/canonical-json.ts';
import { type AuditEvent, entryHash, record } from '../../../bot/store/audit.ts';
import type { AuditRow } from '../../../bot/store/audit-rows.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { approver } from '../changes/sample-change.ts';
import { minutes } from '../store/sample-store.ts';

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export const newKey = (): KeyPair => generateKeyPairSync('ed25519');

export const sampleEvent = (changed: Partial<AuditEvent> = {}): AuditEvent => ({
  kind: 'approved',
  at: minutes(1),
  actor: approver,
  server: 'wsus01',
  changeId: 'c1',
  detail: { planHash: 'ab', text: 'zwölf "Zeilen"\n' },
  ...changed,
});

/** The rows that these events make, as `record` writes them. */
export const rowsOf = (events: readonly AuditEvent[]): AuditRow[] => {
  const rows: AuditRow[] = [];
  for (const event of events) {
    const seq = rows.length + 1;
    rows.push(rowOf({ ...event, at: event.at.toISOString(), seq, previous: rows.at(-1)?.hash ?? '' }));
  }
  return rows;
};

/** A row whose hash is right for these values, wrong as they may be. */
export const rowOf = (
  entry: { readonly seq: number; readonly at: string; readonly kind: string } & Record<string, unknown>,
): AuditRow => {
  const entryJson = canonicalJson(entry);
  return { seq: entry.seq, at: entry.at, kind: entry.kind, entryJson, hash: entryHash(entryJson) };
};

/** So many entries, the first of which names the key. */
export const sampleRows = (count: number, key: KeyPair = newKey()): AuditRow[] =>
  rowsOf([
    sampleEvent({ kind: 'key-made', actor: null, detail: keyMadeDetail(key.publicKey) }),
    ...Array.from({ length: count - 1 }, (_, index) =>
      sampleEvent({ at: minutes(index), detail: { index } }),
    ),
  ]);

export const exported = (rows: readonly AuditRow[]): string[] => rows.map(exportedLine);

export const headOf = (row: AuditRow, key: KeyPair, at = minutes(60)): SignedHead =>
  signHead(row.seq, row.hash, at, key.privateKey);

/** Writes events into a store, each in a transaction of its own. */
export const recordAll = async (database: Database, events: readonly AuditEvent[]): Promise<void> => {
  for (const event of events)
    await database.transaction().execute((transaction) => record(transaction, event));
};
