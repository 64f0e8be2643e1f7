import type { ApprovalsView } from '../approval-view.ts';
import { counted, countText } from '../count-text.ts';
import { type OwnText, own } from '../own-text.ts';
import type { PlanView } from '../plan-view.ts';
import { timeText } from '../time-text.ts';
import type { View } from '../view.ts';
import { windowSpanText, windowStartText } from '../window-text.ts';
import type { StartView } from '../window-view.ts';
import type { Element } from './element.ts';
import { nameRun } from './people.ts';
import { type Part, run } from './text-line.ts';
import { smallLine } from './words.ts';

const mostVotes = 4;

/** More is to be known than that one yes starts it at once: the card says less about the cause, so that its buttons stay in sight. */
export function isGoverned({ approvals, start }: Pick<PlanView, 'approvals' | 'start'>): boolean {
  return (approvals?.needed ?? 1) > 1 || (start !== undefined && start.kind !== 'at-once');
}

/** How many have approved, and when the plan starts; nothing where one approval starts it at once. */
export function approvalLine(
  { approvals, start }: Pick<PlanView, 'approvals' | 'start'>,
  view: View,
  spacing: 'None' | 'Medium' = 'Medium',
): readonly Element[] {
  const several = approvals !== undefined && approvals.needed > 1;
  const words = [...(several ? votesWords(approvals, view) : []), ...startWords(start, several, view)];
  return words.length === 0 ? [] : [smallLine(words, spacing)];
}

function votesWords({ needed, votes }: ApprovalsView, view: View): readonly Part[] {
  if (votes.length === 0)
    return [own`Needs `, run(own`${countText(needed)} approvals`, { bold: true }), own`. `];
  const shown = votes.slice(0, mostVotes);
  const more = votes.length - shown.length;
  return [
    run(own`${countText(votes.length)} of ${countText(needed)} approvals: `, { bold: true }),
    ...shown.flatMap(({ by, at }, index): readonly Part[] => [
      ...(index === 0 ? [] : [own`, `]),
      nameRun(by),
      own` at ${timeText(at, view)}`,
    ]),
    ...(more > 0 ? [own` and ${countText(more)} more`] : []),
    own`. `,
  ];
}

function startWords(start: StartView | undefined, several: boolean, view: View): readonly Part[] {
  switch (start?.kind) {
    case 'in-window':
      return [own`Starts `, run(windowStartText(start.window, view), { bold: true }), own`.`];
    case 'not-before':
      return [
        own`Approve it in the window: `,
        run(windowSpanText(start.window, view), { bold: true }),
        own`.`,
      ];
    default:
      return several ? [own`Starts at once with the last one.`] : [];
  }
}

/** Until when a plan may be approved, told apart from when it starts. */
export function untilWords({ start }: Pick<PlanView, 'start'>): OwnText {
  return start?.kind === 'in-window' ? own`Approve by ` : own`Valid until `;
}

/** "Approve and run" only where this yes is the last one and nothing has to be waited for. */
export function approveTitle({
  approvals,
  start,
}: Pick<PlanView, 'approvals' | 'start'>): 'Approve and run' | 'Approve' {
  const missing = approvals === undefined ? 1 : approvals.needed - approvals.votes.length;
  return missing > 1 || start?.kind === 'in-window' ? 'Approve' : 'Approve and run';
}

/** The same for the summary: " 1 of 2 approvals." */
export function approvalsSpoken({ approvals }: Pick<PlanView, 'approvals'>): OwnText {
  if (approvals === undefined || approvals.needed < 2) return own``;
  const { needed, votes } = approvals;
  return votes.length === 0
    ? own` Needs ${counted(needed, own`approval`, own`approvals`)}.`
    : own` ${countText(votes.length)} of ${countText(needed)} approvals.`;
}
