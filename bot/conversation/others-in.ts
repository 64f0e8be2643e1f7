import type { Change } from '../changes/change.ts';
import type { Member, Policy } from '../changes/policy.ts';

/** Who may still approve: not the person who asked under four eyes, nor who has approved. */
export const othersIn = (
  { approvers, fourEyes }: Policy,
  { requester, decisions }: Change,
): readonly Member[] => {
  const done = [
    ...(fourEyes ? [requester] : []),
    ...decisions.filter(({ decision }) => decision === 'approved').map(({ person }) => person),
  ].map(({ aadObjectId }) => aadObjectId.toLowerCase());
  return approvers.filter(({ kind, id }) => kind === 'group' || !done.includes(id));
};
