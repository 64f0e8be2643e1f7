import { buttonRow, press, toggle } from './blocks/buttons.ts';
import { type Element, element } from './blocks/element.ts';
import { nameRun } from './blocks/people.ts';
import {
  causeBlock,
  diffBand,
  planDetails,
  planFoot,
  planHeading,
  planNotes,
  stopsBlock,
  stopsSpoken,
} from './blocks/plan.ts';
import { states, strip } from './blocks/strip.ts';
import { run } from './blocks/text-line.ts';
import { smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { fromTo, keyText, workText } from './change-words.ts';
import { type OwnText, own } from './own-text.ts';
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
}

const fill = cardTemplate(template);

function secondKeyToggle(plan: PlanView): readonly Element[] {
  if (plan.secondKey === undefined) return [];
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
export function proposalCard({ view, plan, approve, decline }: ProposalCardData): Card {
  const validUntil = timeText(plan.validUntil, view);
  return fill(
    `Needs approval: ${workText(plan)} on ${summaryName(plan.server)}. ${stopsSpoken(plan)} Valid until ${validUntil}.`,
    {
      strip: strip({ state: states.needsApproval, server: plan.server, heading: planHeading(plan) }),
      cause: causeBlock(plan, view),
      notes: planNotes(plan, view),
      diff: diffBand(plan),
      stops: stopsBlock(plan),
      secondKey: secondKeyToggle(plan),
      people: smallLine([
        own`Asked by `,
        nameRun(plan.askedBy),
        own` at ${timeText(plan.askedAt, view)}. Valid until `,
        run(validUntil, { bold: true }),
        own`.${after[plan.work.kind]}`,
      ]),
      buttons: buttonRow([
        press('Approve and run', approve, { first: true }),
        press('Decline', decline, { withoutInputs: true }),
        toggle('Details'),
      ]),
      foot: planFoot(plan),
      details: planDetails(plan),
    },
  );
}
