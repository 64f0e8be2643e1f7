import type { Config } from '../../config.ts';
import { type Directory, groupIdsIn } from '../../directory/directory.ts';

export interface DirectoryStep {
  readonly ok: boolean;
  readonly text: string;
}

/** In nobody's name: Microsoft Graph says that it knows no such person, or that the bot may not ask. */
const anybody = '00000000-0000-4000-8000-000000000000';

/** Whether the groups that policies name can be looked up; undefined when none is named. */
export const directoryStep = async (
  { servers, policy }: Pick<Config, 'servers' | 'policy'>,
  directory: Directory,
): Promise<DirectoryStep | undefined> => {
  const policies = [policy, ...servers.map((server) => server.policy)];
  const groups = groupIdsIn(policies);
  if (groups.length === 0) return undefined;
  const listed = policies.flatMap(({ approvers }) => approvers).find(({ kind }) => kind === 'person');
  const { unread } = await directory.groupsOf(listed?.id ?? anybody, groups, 'now');
  return unread === null
    ? { ok: true, text: 'the directory says who is in the groups of the policy' }
    : { ok: false, text: `nobody gets in through a group of Entra: ${unread}` };
};
