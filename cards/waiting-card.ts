import { approvalLine, approvalsSpoken, untilWords } from './blocks/approval.ts';
import { breakGlass } from './blocks/break-glass.ts';
import { buttonRow, press, toggle } from './blocks/buttons.ts';
import { mayApproveWords } from './blocks/people.ts';
import {
  causeBlock,
  diffBand,
  oneVariant,
  planFoot,
  planHeading,
  planNotes,
  stopsBlock,
} from './blocks/plan.ts';
import { planDetails } from './blocks/plan-details.ts';
import { states, strip } from './blocks/strip.ts';
import { run, textLine } from './blocks/text-line.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { workText } from './change-words.ts';
import { type OwnText, own, said } from './own-text.ts';
import type { PlanView } from './plan-view.ts';
import type { Token } from './press.ts';
import { summaryName } from './summary-text.ts';
import { timeText } from './time-text.ts';
import type { View } from './view.ts';
import template from './waiting.json' with { type: 'json' };

/** The same plan for those who may not approve it. */
export interface WaitingCardData {
  readonly view: View;
  readonly plan: PlanView;
  /** `requester`: asked for it, so somebody else approves. `reader`: may not approve here. `voted`: has approved, and more have to. `everybody`: the neutral card of a channel. */
  readonly reader: 'requester' | 'reader' | 'voted' | 'everybody';
  /** Names of those who may approve. */
  readonly approvers: readonly string[];
  /** Withdraw: for the requester. */
  readonly withdraw?: Token;
  /** Review: the neutral card's button, answers with the proposal for an approver. */
  readonly review?: Token;
  /** When the approvers were told of it. */
  readonly toldAt?: Date;
  /** Tell them again: for the requester. */
  readonly tellAgain?: Token;
  /** Comes with `inputs.reason`: for a person who may run a plan alone. */
  readonly breakGlass?: Token;
}

const fill = cardTemplate(template);

/** Only the way past the approvals sends what is written on the card. */
const quiet = { withoutInputs: true } as const;

const words: Readonly<Record<WaitingCardData['reader'], OwnText>> = {
  requester: own`You asked for this, so somebody else approves it.`,
  reader: own`You may not approve changes on this server.`,
  voted: own`You approved this. One person counts once.`,
  everybody: own`An approver decides.`,
};

/** 4.7: what is planned, who may approve it, until when. */
export function waitingCard(data: WaitingCardData): Card {
  const { view } = data;
  const plan = oneVariant(data.plan);
  const validUntil = timeText(plan.validUntil, view);
  return fill(
    said`Waiting for approval: ${workText(plan)} on ${summaryName(plan.server)}.${approvalsSpoken(plan)} Valid until ${validUntil}.`,
    {
      strip: strip({ state: states.waitingForApproval, server: plan.server, heading: planHeading(plan) }),
      cause: causeBlock(plan, view),
      notes: planNotes(plan, view),
      diff: diffBand(plan),
      stops: stopsBlock(plan),
      who: textLine([words[data.reader]], { bold: true }),
      whoMay: textLine(
        [
          ...mayApproveWords(data.approvers),
          data.toldAt === undefined
            ? own`. ${untilWords(plan)}`
            : own`, told at ${timeText(data.toldAt, view)}. ${untilWords(plan)}`,
          run(validUntil, { bold: true }),
          own`.`,
        ],
        {},
        { spacing: 'None' },
      ),
      approval: approvalLine(plan, view, 'None'),
      buttons: buttonRow([
        ...(data.review === undefined ? [] : [press('Review', data.review, { first: true, ...quiet })]),
        ...(data.tellAgain === undefined || data.review !== undefined
          ? []
          : [press('Tell them again', data.tellAgain, { first: true, ...quiet })]),
        ...(data.withdraw === undefined ? [] : [press('Withdraw', data.withdraw, quiet)]),
        toggle('Details'),
      ]),
      glass: breakGlass(data.breakGlass),
      foot: planFoot(plan),
      details: planDetails(plan),
    },
  );
}
