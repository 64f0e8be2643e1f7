import { createHash } from 'node:crypto';
import { z } from 'zod';
import { backupNameOf, limitKeys } from '../../remote/contract.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const edit = z.object({ key: z.enum(limitKeys), from: z.number().int(), to: z.number().int() });

/**
 * The exact change: everything an approval covers. `raise` edits the file and restarts, `roll-back` puts a named backup
 * back and restarts, `restart` leaves the file alone (its two hashes are the same).
 */
export const planSchema = z.object({
  changeId: z.string(),
  kind: z.enum(['raise', 'roll-back', 'restart']),
  server: z.string(),
  path: z.string(),
  sha256Before: sha256,
  sha256After: sha256,
  edits: z.array(edit),
  backup: z.string().nullable(),
  activation: z.enum(['IISReset', 'RecyclePool']),
  requesterId: z.string(),
  expiresAt: z.iso.datetime(),
});
export type Plan = z.infer<typeof planSchema>;
export type PlanKind = Plan['kind'];
export type PlannedEdit = z.infer<typeof edit>;

/** The backup that a plan makes (raise) or puts back (roll-back), by its name on the server. */
export const backupOf = (plan: Plan): string | null =>
  plan.kind === 'raise' ? backupNameOf(plan.changeId) : plan.backup;

/** SHA-256 of the plan as JSON with sorted keys, lower-case hex. An approval is a yes to this. */
export const planHash = (plan: Plan): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(plan)))
    .digest('hex');

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};
