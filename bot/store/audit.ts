import { createHash } from 'node:crypto';
import { canonicalJson } from '../changes/canonical-json.ts';
import type { Person } from '../changes/person.ts';
import type { Database } from './open-database.ts';

/** What is worth an entry: every decision, every act, every refusal that somebody met. */
export const auditKinds = [
  'proposed',
  'superseded',
  'expired',
  'approved',
  'broke-glass',
  'declined',
  'withdrawn',
  'cancelled',
  'queued',
  'released',
  'claimed',
  'taken-over-by-worker',
  'ended',
  'settled',
  'taken-over',
  'unlocked',
  'frozen',
  'thawed',
  'notify-on',
  'notify-off',
  'refused',
  'key-made',
  'key-rotated',
] as const;
export type AuditKind = (typeof auditKinds)[number];

export interface AuditEvent {
  readonly kind: AuditKind;
  readonly at: Date;
  /** Who did it; null: the bot by itself. */
  readonly actor: Person | null;
  readonly server: string | null;
  readonly changeId: string | null;
  /** Plain JSON. No secrets, no pasted text. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Adds an entry to the audit. Called inside the transaction of what it records, so that there is neither without the other.
 * The entry's canonical JSON names the hash of the entry before; `hash` is the SHA-256 of that text, in lower-case hex.
 */
export const record = async (
  transaction: Database,
  { kind, at: when, actor, server, changeId, detail }: AuditEvent,
): Promise<void> => {
  // Raised first: the row's lock keeps every other writer behind this transaction, in both databases.
  const head = await transaction
    .updateTable('auditHead')
    .set((columns) => ({ seq: columns('seq', '+', 1) }))
    .where('id', '=', 1)
    .returning(['seq', 'hash'])
    .executeTakeFirstOrThrow();
  const at = when.toISOString();
  const entryJson = canonicalJson({
    seq: head.seq,
    previous: head.hash,
    at,
    kind,
    actor: actor && { aadObjectId: actor.aadObjectId, name: actor.name },
    server,
    changeId,
    detail,
  });
  const hash = entryHash(entryJson);
  await transaction.insertInto('audit').values({ seq: head.seq, at, kind, entryJson, hash }).execute();
  await transaction.updateTable('auditHead').set({ hash }).where('id', '=', 1).execute();
};

/** The hash of an entry: over its text, which names the hash of the entry before (empty in the first). */
export const entryHash = (entryJson: string): string => createHash('sha256').update(entryJson).digest('hex');
