import type { Member, Policy } from './changes/policy.ts';
import type { ConfigFile } from './config-schema.ts';
import { parseDuration } from './duration.ts';

type PolicyEntry = Partial<Pick<ConfigFile, 'approvers' | 'requesters' | 'planValidFor'>>;

/** The policy that the general keys make, or that a server's own keys make of the general one. */
export function readPolicy(general: ConfigFile, own: PolicyEntry = {}): Policy {
  const { approvers, requesters, planValidFor } = { ...general, ...own };
  return {
    approvers: approvers.map(memberOf),
    requesters: requesters === 'everyone' ? 'everyone' : requesters.map(memberOf),
    approvals: 1,
    fourEyes: false,
    validFor: parseDuration(planValidFor) ?? 3_600_000,
    windows: [],
    outsideWindows: 'refuse',
    breakGlass: [],
  };
}

/** GUIDs are written in either case; ids are compared in lower case. */
function memberOf({ id, name }: { readonly id: string; readonly name: string }): Member {
  return { kind: 'person', id: id.toLowerCase(), name };
}
