import type { ApprovalsView } from './approval-view.ts';
import template from './batch-proposal.json' with { type: 'json' };
import type { BatchPlanView, LeftOutView } from './batch-view.ts';
import { approvalLine, approvalsSpoken, approveTitle, isGoverned, untilWords } from './blocks/approval.ts';
import { batchPlanRow, leftOutLine, otherPlans, sharedWork } from './blocks/batch.ts';
import { breakGlass } from './blocks/break-glass.ts';
import { buttonRow, fold, press, toggle } from './blocks/buttons.ts';
import { container, type Element } from './blocks/element.ts';
import { mayApproveWords, nameRun } from './blocks/people.ts';
import { diffBand } from './blocks/plan.ts';
import { states, strip } from './blocks/strip.ts';
import { run, textLine } from './blocks/text-line.ts';
import { paragraph, sectionTitle, smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { fromTo, mainEdit } from './change-words.ts';
import { counted, countText } from './count-text.ts';
import { type OwnText, own, said } from './own-text.ts';
import type { Token } from './press.ts';
import { summaryName } from './summary-text.ts';
import { timeText } from './time-text.ts';
import type { View } from './view.ts';
import type { StartView } from './window-view.ts';

/** Who looks at the card, with the buttons that are theirs. */
export type BatchReader =
  | { readonly kind: 'approver'; readonly approve: Token; readonly decline: Token }
  /** Asked for it, so somebody else approves. */
  | { readonly kind: 'requester'; readonly withdraw: Token }
  | { readonly kind: 'reader' }
  | { readonly kind: 'voted' }
  /** The neutral card of a channel. */
  | { readonly kind: 'everybody'; readonly review: Token };

/** Several plans with one approval. */
export interface BatchProposalCardData {
  readonly view: View;
  /** In the order in which they are changed; at least one. */
  readonly plans: readonly BatchPlanView[];
  readonly leftOut: readonly LeftOutView[];
  /** How many are changed at a time. */
  readonly parallel: number;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly validUntil: Date;
  readonly approvals?: ApprovalsView;
  readonly start?: StartView;
  readonly reader: BatchReader;
  /** Names of those who may approve all of them. */
  readonly approvers: readonly string[];
  /** Comes with `inputs.reason`. */
  readonly breakGlass?: Token;
}

const fill = cardTemplate(template);
/** Rows that keep the card of the longest names below its 20 KB, and the first screen short. */
const mostRows = 6;
/** Beyond that a card grows over 20 KB: the rest is a number. */
const mostNames = 70;

function headingOf(plans: readonly BatchPlanView[]): OwnText {
  const servers = counted(plans.length, own`server`, own`servers`);
  const work = sharedWork(plans);
  if (work === undefined) return own`Change the limit on ${servers}?`;
  if (work.kind === 'restart') return own`Restart ${servers} so that the limit counts?`;
  return work.kind === 'roll-back'
    ? own`Take the change back on ${servers}?`
    : own`Raise the limit on ${servers} from ${fromTo(mainEdit(work))}?`;
}

const readerWords: Readonly<Record<Exclude<BatchReader['kind'], 'approver'>, OwnText>> = {
  requester: own`You asked for this, so somebody else approves it.`,
  reader: own`You may not approve changes on all of these servers.`,
  voted: own`You approved this. One person counts once.`,
  everybody: own`An approver decides.`,
};

function decision(data: BatchProposalCardData): readonly Element[] {
  if (data.reader.kind === 'approver') return [];
  return [
    container(
      [
        textLine([readerWords[data.reader.kind]], { bold: true }),
        paragraph(
          data.approvers.length === 0
            ? [own`No approver is listed for all of these servers: ask for them apart.`]
            : [...mayApproveWords(data.approvers), own`.`],
          'None',
        ),
      ],
      { separator: true, spacing: 'Medium' },
    ),
  ];
}

function buttonsOf(data: BatchProposalCardData): readonly Element[] {
  const { reader } = data;
  const quiet = { withoutInputs: true } as const;
  switch (reader.kind) {
    case 'approver':
      return [
        press(approveTitle(data), reader.approve, { first: true, ...quiet }),
        press('Decline', reader.decline, quiet),
      ];
    case 'requester':
      return [press('Withdraw', reader.withdraw, quiet)];
    case 'everybody':
      return [press('Review', reader.review, { first: true, ...quiet })];
    default:
      return [];
  }
}

/** One card and one approval for the plans of several servers: which, in which order, what stops, what was left out. */
export function batchProposalCard(data: BatchProposalCardData): Card {
  const { view, plans, leftOut, parallel, reader } = data;
  const state = reader.kind === 'approver' ? states.needsApproval : states.waitingForApproval;
  const heading = headingOf(plans);
  const validUntil = timeText(data.validUntil, view);
  const work = sharedWork(plans);
  const rows = plans.length <= mostRows + 2 ? plans : plans.slice(0, mostRows);
  const others = plans.slice(rows.length, rows.length + mostNames);
  const uncounted = plans.length - rows.length - others.length;
  const [first] = plans;
  const isSingle = plans.length === 1;
  return fill(
    said`${state.word}: ${heading} First ${summaryName(first?.change.server ?? '')}.${leftOut.length === 0 ? own`` : own` ${leftOut.length} left out.`}${approvalsSpoken(data)} Valid until ${validUntil}.`,
    {
      strip: strip({ state, heading, extra: [counted(plans.length, own`server`, own`servers`)] }),
      diff: work === undefined ? [] : diffBand({ work }),
      orderTitle: sectionTitle(
        isSingle
          ? own`The server`
          : parallel === 1
            ? own`One at a time, in this order`
            : own`${countText(parallel)} at a time, in this order`,
      ),
      rows: rows.map((plan, index) => batchPlanRow(plan, index + 1, work !== undefined)),
      more:
        rows.length < plans.length
          ? [
              smallLine([
                own`and ${counted(plans.length - rows.length, own`more server`, own`more servers`)}: All servers lists them`,
              ]),
            ]
          : [],
      rule: smallLine(
        [
          isSingle
            ? own`Your yes counts for exactly this plan.`
            : own`The first that does not end well stops the rest.`,
        ],
        'None',
      ),
      leftOut: leftOutLine(leftOut),
      decision: [...decision(data), ...approvalLine(data, view)],
      people: smallLine(
        [
          own`Asked by `,
          nameRun(data.askedBy),
          own` at ${timeText(data.askedAt, view)}. ${untilWords(data)}`,
          run(validUntil, { bold: true }),
          own`. Can be rolled back.`,
        ],
        isGoverned(data) ? 'None' : 'Medium',
      ),
      buttons: buttonRow([...buttonsOf(data), ...(others.length > 0 ? [toggle('All servers')] : [])]),
      glass: breakGlass(data.breakGlass),
      fold: fold([
        ...otherPlans(others, work !== undefined),
        ...(uncounted > 0 ? [smallLine([own`and ${countText(uncounted)} more`], 'None')] : []),
      ]),
    },
  );
}
