import { buttonRow, press, toggle } from './blocks/buttons.ts';
import { anyOf } from './blocks/people.ts';
import {
  causeBlock,
  diffBand,
  planDetails,
  planFoot,
  planHeading,
  planNotes,
  stopsBlock,
} from './blocks/plan.ts';
import { states, strip } from './blocks/strip.ts';
import { run, textLine } from './blocks/text-line.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { workText } from './change-words.ts';
import { type OwnText, own } from './own-text.ts';
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
  /** `requester`: asked for it, so somebody else approves. `reader`: may not approve here. `everybody`: the neutral card of a channel. */
  readonly reader: 'requester' | 'reader' | 'everybody';
  /** Names of those who may approve. */
  readonly approvers: readonly string[];
  /** Withdraw: for the requester. */
  readonly withdraw?: Token;
  /** Review: the neutral card's button, answers with the proposal for an approver. */
  readonly review?: Token;
}

const fill = cardTemplate(template);

const words: Readonly<Record<WaitingCardData['reader'], OwnText>> = {
  requester: own`You asked for this, so somebody else approves it.`,
  reader: own`You may not approve changes on this server.`,
  everybody: own`An approver decides.`,
};

/** One variant only: the one that was asked for. */
function withoutSecondKey({ secondKey: _, ...plan }: PlanView): PlanView {
  return plan;
}

/** 4.7: what is planned, who may approve it, until when. */
export function waitingCard(data: WaitingCardData): Card {
  const { view, plan } = data;
  const validUntil = timeText(plan.validUntil, view);
  return fill(
    `Waiting for approval: ${workText(plan)} on ${summaryName(plan.server)}. Valid until ${validUntil}.`,
    {
      strip: strip({ state: states.waitingForApproval, server: plan.server, heading: planHeading(plan) }),
      cause: causeBlock(plan, view),
      notes: planNotes(plan, view),
      diff: diffBand(plan),
      stops: stopsBlock(plan),
      who: textLine([words[data.reader]], { bold: true }),
      whoMay: textLine(
        [
          ...anyOf(data.approvers),
          own` may approve it. Valid until `,
          run(validUntil, { bold: true }),
          own`.`,
        ],
        {},
        { spacing: 'None' },
      ),
      buttons: buttonRow([
        ...(data.review === undefined ? [] : [press('Review', data.review, { first: true })]),
        ...(data.withdraw === undefined ? [] : [press('Withdraw', data.withdraw)]),
        toggle('Details'),
      ]),
      foot: planFoot(plan),
      details: planDetails(withoutSecondKey(plan)),
    },
  );
}
