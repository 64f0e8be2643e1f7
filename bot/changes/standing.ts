import type { Membership } from './membership.ts';
import { isApprover, mayBreakGlass, mayRequest, type Permission } from './permission.ts';
import type { Person } from './person.ts';
import { type Policy, policyHash } from './policy.ts';

/** What a person may do on servers that have the same rules, and the rules. */
export interface Standing {
  readonly servers: readonly string[];
  readonly policy: Policy;
  readonly request: Permission;
  /** Of plans of others; of their own too, unless the policy has four eyes. */
  readonly approve: Permission;
  readonly breakGlass: Permission;
}

/** What a person may do, server by server in the order of the inventory; servers with the same rules are taken together. */
export const standingOn = (
  servers: readonly { readonly name: string; readonly policy: Policy }[],
  person: Pick<Person, 'aadObjectId'>,
  membership: Membership,
): readonly Standing[] => {
  const byRules = Map.groupBy(servers, ({ policy }) => policyHash(policy));
  return [...byRules.values()].flatMap((alike) => {
    const policy = alike[0]?.policy;
    if (policy === undefined) return [];
    return {
      servers: alike.map(({ name }) => name),
      policy,
      request: mayRequest(policy, person, membership),
      approve: isApprover(policy, person, membership),
      breakGlass: mayBreakGlass(policy, person, membership),
    };
  });
};
