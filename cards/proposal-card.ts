import { approvalLine, approvalsSpoken, approveTitle, isGoverned, untilWords } from './blocks/approval.ts';
import { breakGlass } from './blocks/break-glass.ts';
import { buttonRow, press, toggle } from './blocks/buttons.ts';
import { type Element, element } from './blocks/element.ts';
import { nameRun } from './blocks/people.ts';
import {
  causeBlock,
  diffBand,
  oneVariant,
  planFoot,
  planHeading,
  planNotes,
  stopsBlock,
  stopsSpoken,
} from './blocks/plan.ts';
import { planDetails } from './blocks/plan-details.ts';
import { states, strip } from './blocks/strip.ts';
import { run } from './blocks/text-line.ts';
import { smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import type { LimitEditView } from './change-view.ts';
import { fromTo, keyText, workText } from './change-words.ts';
import { type OwnText, own, said } from './own-text.ts';
import type { PlanView } from './plan-view.ts';
import { inputIds, type Token } from './press.ts';
import template from './proposal.json' with { type: 'json' };
import { summaryName } from './summary-text.ts';
import { timeText } from './time-text.ts';
import type { View } from './view.ts';

/** For a person who may approve. */
export interface ProposalCardData {
  readonly view: View;
  readonly plan: PlanView;
  /** Comes with `inputs.secondKey` when the plan has a second key. */
  readonly approve: Token;
  readonly decline: Token;
  /** Comes with `inputs.reason` (and `secondKey`): for a person who may run a plan alone, where an approval alone would not start it. */
  readonly breakGlass?: Token;
}

const fill = cardTemplate(template);

/** The first vote fixes the variant: all have to approve the same change. */
function offersSecondKey(plan: PlanView): plan is PlanView & { readonly secondKey: LimitEditView } {
  return plan.secondKey !== undefined && (plan.approvals?.votes.length ?? 0) === 0;
}

function secondKeyToggle(plan: PlanView): readonly Element[] {
  if (!offersSecondKey(plan)) return [];
  return [
    element('Input.Toggle', {
      id: inputIds.secondKey,
      title: own`Also raise ${keyText(plan.secondKey.key)}, ${fromTo(plan.secondKey)}`,
      value: 'false',
      wrap: true,
      spacing: 'Medium',
    }),
  ];
}

const after: Readonly<Record<PlanView['work']['kind'], OwnText>> = {
  raise: own` Can be rolled back.`,
  'roll-back': own` Needs a yes of its own.`,
  restart: own` Changes no file.`,
};

/** 4.6: an approver decides in one screen. */
export function proposalCard(data: ProposalCardData): Card {
  const { view, approve, decline } = data;
  const plan = offersSecondKey(data.plan) ? data.plan : oneVariant(data.plan);
  const validUntil = timeText(plan.validUntil, view);
  return fill(
    said`Needs approval: ${workText(plan)} on ${summaryName(plan.server)}. ${stopsSpoken(plan)}${approvalsSpoken(plan)} Valid until ${validUntil}.`,
    {
      strip: strip({ state: states.needsApproval, server: plan.server, heading: planHeading(plan) }),
      cause: causeBlock(plan, view),
      notes: planNotes(plan, view),
      diff: diffBand(plan),
      stops: stopsBlock(plan),
      secondKey: secondKeyToggle(plan),
      approval: approvalLine(plan, view),
      people: smallLine(
        [
          own`Asked by `,
          nameRun(plan.askedBy),
          own`${isGoverned(plan) ? own`,` : own` at`} ${timeText(plan.askedAt, view)}. ${untilWords(plan)}`,
          run(validUntil, { bold: true }),
          own`.${after[plan.work.kind]}`,
        ],
        isGoverned(plan) ? 'None' : 'Medium',
      ),
      buttons: buttonRow([
        press(approveTitle(plan), approve, {
          first: true,
          ...(plan.secondKey === undefined && { withoutInputs: true }),
        }),
        press('Decline', decline, { withoutInputs: true }),
        toggle('Details'),
      ]),
      glass: breakGlass(data.breakGlass, { othersSendInputs: plan.secondKey !== undefined }),
      foot: planFoot(plan),
      details: planDetails(plan),
    },
  );
}
