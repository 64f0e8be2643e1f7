import type { Change } from '../changes/change.ts';
import { policyHash } from '../changes/policy.ts';
import type { ServerConfig } from '../config.ts';
import { type Desk, serverNamed } from './desk.ts';
import { type Rights, rightsOf } from './rights.ts';

/** What one person may do with one change of a batch. */
export interface MemberRights {
  readonly change: Change;
  readonly server: ServerConfig;
  readonly rights: Rights;
}

/** What a person may do with each of these changes, in their order; none for one whose server has left the inventory. */
export const rightsInBatch = async (
  desk: Desk,
  members: readonly Change[],
  aadObjectId: string,
): Promise<MemberRights[]> => {
  const known: MemberRights[] = [];
  const byRules = new Map<string, Rights>();
  for (const change of members) {
    const server = serverNamed(desk, change.server);
    if (server === undefined) continue;
    const rules = policyHash(server.policy);
    const rights = byRules.get(rules) ?? (await rightsOf(desk, server.policy, aadObjectId));
    byRules.set(rules, rights);
    known.push({ change, server, rights });
  }
  return known;
};

/** At least one, and each of them. */
export const mayApproveAll = (members: readonly MemberRights[]): boolean =>
  members.length > 0 && members.every(({ change, rights }) => rights.approve(change).may);
