import { z } from 'zod';
import { canonicalJson } from '../changes/canonical-json.ts';

const entrySchema = z.strictObject({
  seq: z.int().positive(),
  at: z.string(),
  kind: z.string(),
  actor: z.object({ aadObjectId: z.string(), name: z.string() }).nullable(),
  server: z.string().nullable(),
  changeId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  /** Hash of the entry before; empty in the first. */
  previous: z.string(),
});

/** An entry of the audit, read from its text. Times are ISO 8601 in UTC. */
export type AuditEntry = z.infer<typeof entrySchema>;

/** The entry of a text, or undefined: no entry, or not in the one form that an entry is written in. */
export const readEntry = (text: string): AuditEntry | undefined => {
  const value = parsed(text);
  const entry = entrySchema.safeParse(value);
  if (!entry.success || canonicalJson(value) !== text) return undefined;
  return (entry.data.previous === '') === (entry.data.seq === 1) ? entry.data : undefined;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
