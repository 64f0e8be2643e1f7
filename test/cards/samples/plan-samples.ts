import type { PlanView } from '../../../cards/plan-view.ts';
import { proposalCard } from '../../../cards/proposal-card.ts';
import { waitingCard } from '../../../cards/waiting-card.ts';
import {
  at,
  edit,
  flooded,
  interruptionOf,
  type Made,
  names,
  type Outside,
  planOf,
  rootCauseOf,
  secondEdit,
  sitesOf,
  token,
  view,
  wayOf,
  yesterday,
} from '../sample-ground.ts';

export function plans(o: Outside): readonly Made[] {
  const propose = (plan: PlanView) => proposalCard({ view, plan, approve: token, decline: token });
  const { secondKey: _, ...single } = planOf(o);
  const rollBack = {
    ...single,
    work: { kind: 'roll-back', edits: [{ ...edit, from: 800, to: 400 }] },
    cause: { kind: 'roll-back' },
  } as const;
  const restart = {
    ...single,
    work: { kind: 'restart', value: 800 },
    cause: { kind: 'not-active', writtenAt: at('01:00:00'), startedAt: yesterday },
  } as const;
  const wait = (reader: 'requester' | 'reader' | 'everybody') =>
    waitingCard({
      view,
      plan: planOf(o),
      reader,
      approvers: names(o.second, o.many),
      withdraw: token,
      review: token,
    });
  return [
    ['proposal', propose(planOf(o))],
    [
      'proposal-limit-only',
      propose({ ...single, cause: { kind: 'limit-only' }, sites: sitesOf(o).slice(0, 1) }),
    ],
    [
      'proposal-log-unread',
      propose({ ...single, cause: { kind: 'limit-only', logUnread: true }, sites: [] }),
    ],
    ['proposal-agentless', propose(planOf(o, { way: wayOf(o, 'agentless') }))],
    ['proposal-flood', propose(planOf(o, { rootCause: rootCauseOf(o, flooded) }))],
    [
      'plan-after-interruption',
      propose(planOf(o, { way: wayOf(o, 'endpoint', 'differs'), interruption: interruptionOf(o) })),
    ],
    ['proposal-recycle', propose(planOf(o, { activation: 'RecyclePool' }))],
    [
      'proposal-cached-updates',
      propose({
        ...single,
        work: { kind: 'raise', edits: [secondEdit] },
        cause: { kind: 'refused', clients: 0 },
      }),
    ],
    ['proposal-roll-back', propose(rollBack)],
    ['proposal-restart', propose(restart)],
    ['waiting-requester', wait('requester')],
    ['waiting-reader', wait('reader')],
    ['waiting-everybody', wait('everybody')],
  ];
}
