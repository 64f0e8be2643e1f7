import { createHash } from 'node:crypto';
import { z } from 'zod';
import { backupNameOf, limitKeys } from '../../remote/contract.ts';
import { canonicalJson } from './canonical-json.ts';

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
  /** Of the module that read the server and would act on it; null when it did not say. */
  moduleSha256: sha256.nullable().default(null),
  /** Of the policy in force for the server (`policyHash`). Empty in plans that were kept before there were policies. */
  policySha256: sha256.or(z.literal('')).default(''),
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
export const planHash = (plan: Plan): string => sha256Of(plan);

/** The same for two proposals that would do the same under the same rules, whoever asked for them and whenever. */
export const samenessOf = (plans: readonly { readonly plan: Plan }[]): string =>
  sha256Of(plans.map(({ plan: { changeId, requesterId, expiresAt, ...covered } }) => covered));

const sha256Of = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
