import { approvalsSpoken } from './blocks/approval.ts';
import { breakGlass } from './blocks/break-glass.ts';
import { buttonRow, press, toggle } from './blocks/buttons.ts';
import { noticeParts } from './blocks/notice-parts.ts';
import { numberWords, whoDecided } from './blocks/people.ts';
import { diffBand, oneVariant, stopsBlock } from './blocks/plan.ts';
import { planDetails } from './blocks/plan-details.ts';
import { states, strip } from './blocks/strip.ts';
import { type Part, run } from './blocks/text-line.ts';
import { paragraph, smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { workText } from './change-words.ts';
import { counted } from './count-text.ts';
import type { FreezeView } from './freeze-view.ts';
import type { LockHolderView } from './lock-view.ts';
import { howToThaw, whoFroze } from './notices/freeze-words.ts';
import { holderWords } from './notices/lock-words.ts';
import { type OwnText, own, said } from './own-text.ts';
import type { PlanView } from './plan-view.ts';
import type { Token } from './press.ts';
import template from './queued.json' with { type: 'json' };
import { summaryName } from './summary-text.ts';
import { timeText } from './time-text.ts';
import type { View } from './view.ts';
import { windowHeadingText, windowSpanText, windowStartText } from './window-text.ts';
import type { WindowView } from './window-view.ts';

/** What an approved plan waits for. */
export type WaitsFor =
  | { readonly kind: 'window'; readonly window: WindowView }
  /** `before`: how many servers of the batch come first. */
  | { readonly kind: 'turn'; readonly before: number }
  | { readonly kind: 'thaw'; readonly freeze: FreezeView }
  /** Another change holds the server. */
  | { readonly kind: 'lock'; readonly holder: LockHolderView }
  /** Nothing: a worker takes it up next. */
  | { readonly kind: 'worker' };

/** A plan that is approved in full and has not started. `plan.approvals` holds who approved. */
export interface QueuedCardData {
  readonly view: View;
  readonly plan: PlanView;
  readonly waitsFor: WaitsFor;
  /** Withdraw: for the requester and for approvers. */
  readonly withdraw?: Token;
  readonly showState: Token;
  /** Comes with `inputs.reason`. Not shown where it would not help: it breaks neither a freeze nor a lock. */
  readonly breakGlass?: Token;
}

const fill = cardTemplate(template);
/** What the way past the approvals does not get past, or need not. */
const past: readonly WaitsFor['kind'][] = ['thaw', 'lock', 'worker'];

/** What it waits for, as a heading that is true by itself. */
export function waitHeading(waitsFor: WaitsFor, view: View): OwnText {
  switch (waitsFor.kind) {
    case 'window':
      return own`Approved. It starts ${windowHeadingText(waitsFor.window, view)}.`;
    case 'turn':
      return own`Approved. It waits for its turn in the batch.`;
    case 'thaw':
      return own`Approved. It waits until the freeze ends.`;
    case 'lock':
      return own`Approved. Another change holds this server.`;
    case 'worker':
      return own`Approved. It starts in a moment.`;
  }
}

/** The same in sentences, with who can end it. */
export function waitWords(waitsFor: WaitsFor, view: View): readonly Part[] {
  switch (waitsFor.kind) {
    case 'window':
      return [
        own`It waits for the window: `,
        run(windowSpanText(waitsFor.window, view), { bold: true }),
        own`. Nobody has to do anything.`,
      ];
    case 'turn':
      return [
        waitsFor.before === 0
          ? own`It is the next one of its batch.`
          : own`${counted(waitsFor.before, own`server comes`, own`servers come`)} before it. If one does not end well, this one is not started.`,
      ];
    case 'thaw':
      return noticeParts([
        own`Changes are frozen. `,
        ...whoFroze(waitsFor.freeze, view),
        own` `,
        ...howToThaw(waitsFor.freeze),
      ]);
    case 'lock':
      return noticeParts(holderWords(waitsFor.holder, view));
    case 'worker':
      return [own`Its time has come. Nobody has to do anything.`];
  }
}

function spoken(waitsFor: WaitsFor, view: View): OwnText {
  switch (waitsFor.kind) {
    case 'window':
      return own`It starts ${windowStartText(waitsFor.window, view)}`;
    case 'turn':
      return own`It waits for its turn in the batch`;
    case 'thaw':
      return own`It waits until the freeze ends`;
    case 'lock':
      return own`Another change holds the server`;
    case 'worker':
      return own`It starts in a moment`;
  }
}

/** An approved plan that waits for its window, its turn, or the end of a freeze: nothing runs, and no lock is held. */
export function queuedCard(data: QueuedCardData): Card {
  const { view, waitsFor } = data;
  const plan = oneVariant(data.plan);
  const votes = plan.approvals?.votes ?? [];
  const last = votes.at(-1);
  return fill(
    said`Approved, waiting: ${workText(plan)} on ${summaryName(plan.server)}. ${spoken(waitsFor, view)}.${approvalsSpoken(plan)}`,
    {
      strip: strip({ state: states.queued, server: plan.server, heading: waitHeading(waitsFor, view) }),
      why: paragraph(waitWords(waitsFor, view)),
      diff: diffBand(plan),
      stops: stopsBlock(plan),
      again: paragraph([
        own`Before it starts I look again at the file, the module, the policy and who approved. If one of them has changed, nothing is written.`,
      ]),
      people: smallLine([
        numberWords(plan.number),
        ...whoDecided({ askedBy: plan.askedBy, approvedBy: votes.map(({ by }) => by) }),
        ...(last === undefined ? [] : [own` at ${timeText(last.at, view)}`]),
        own`.`,
      ]),
      buttons: buttonRow([
        ...(data.withdraw === undefined ? [] : [press('Withdraw', data.withdraw, { withoutInputs: true })]),
        press('Show current state', data.showState, { withoutInputs: true }),
        toggle('Details'),
      ]),
      glass: past.includes(waitsFor.kind) ? [] : breakGlass(data.breakGlass),
      details: planDetails(plan),
    },
  );
}
