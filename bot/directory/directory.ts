import { inNoGroup, type Membership } from '../changes/membership.ts';
import type { Policy } from '../changes/policy.ts';

/** `recent`: an answer of the last minute will do, for a card or a press. `now`: asked again, for the start of a change. */
export type Freshness = 'recent' | 'now';

/** Who is in which groups. Never throws: what it cannot find out is `unread`. */
export interface Directory {
  /** Of `groupIds`, those that the person is in, directly or through other groups. Ids in lower case. */
  groupsOf(personId: string, groupIds: readonly string[], freshness: Freshness): Promise<Membership>;
}

/** Where no policy names a group: nobody is asked. */
export const emptyDirectory: Directory = {
  groupsOf: async (_personId, groupIds) =>
    groupIds.length === 0 ? inNoGroup : { groups: new Set(), unread: 'no directory is set up' },
};

/** The groups that policies name, each once, in a fixed order. */
export const groupIdsIn = (policies: readonly Policy[]): string[] => {
  const members = policies.flatMap(({ requesters, approvers, breakGlass }) => [
    ...(requesters === 'everyone' ? [] : requesters),
    ...approvers,
    ...breakGlass,
  ]);
  const groups = members.filter(({ kind }) => kind === 'group').map(({ id }) => id.toLowerCase());
  return [...new Set(groups)].toSorted();
};
