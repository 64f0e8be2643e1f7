import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';

/** A person or a group of Microsoft Entra, by object id in lower case. The name is shown and decides nothing. */
const member = z.object({ kind: z.enum(['person', 'group']), id: z.string(), name: z.string() });
export type Member = z.infer<typeof member>;

export const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** A time of the week, by the clocks of a zone. `to` at or before `from` lies on the day after. */
const maintenanceWindow = z.object({
  days: z.array(z.enum(days)).min(1),
  /** "02:00", of a clock with 24 hours. */
  from: z.string(),
  to: z.string(),
  /** IANA name. */
  zone: z.string(),
});
export type MaintenanceWindow = z.infer<typeof maintenanceWindow>;

/** Who may do what on one server, and when. A plan names the hash of the one in force. */
export const policySchema = z.object({
  requesters: z.union([z.literal('everyone'), z.array(member)]),
  approvers: z.array(member),
  /** How many different people have to approve. */
  approvals: z.number().int(),
  /** The person who asked may not approve. */
  fourEyes: z.boolean(),
  /** How long a plan may be approved, milliseconds. */
  validFor: z.number().int(),
  /** When a change may start; none: at any time. */
  windows: z.array(maintenanceWindow),
  /** An approval outside of the windows is refused, or waits for the next one. */
  outsideWindows: z.enum(['refuse', 'queue']),
  /** Who may run a plan alone and at once, with a written reason. */
  breakGlass: z.array(member),
});
export type Policy = z.infer<typeof policySchema>;

/**
 * SHA-256 of what the policy decides, lower-case hex. Names are left out, since a renamed person is the same one, and so is the
 * order of people, windows and days.
 */
export const policyHash = (policy: Policy): string =>
  createHash('sha256')
    .update(
      canonicalJson({
        ...policy,
        ...withoutNames(policy),
        windows: inOrder(policy.windows.map(withDaysInOrder)),
      }),
    )
    .digest('hex');

const withoutNames = ({ requesters, approvers, breakGlass }: Policy) => ({
  requesters: requesters === 'everyone' ? requesters : idsOf(requesters),
  approvers: idsOf(approvers),
  breakGlass: idsOf(breakGlass),
});

const idsOf = (members: readonly Member[]) => inOrder(members.map(({ kind, id }) => ({ kind, id })));

const withDaysInOrder = (window: MaintenanceWindow) => ({
  ...window,
  days: days.filter((day) => window.days.includes(day)),
});

/** Each entry once. */
const inOrder = (entries: readonly unknown[]): string[] =>
  [...new Set(entries.map(canonicalJson))].toSorted();
