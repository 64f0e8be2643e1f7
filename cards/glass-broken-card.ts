import type { BrokeGlassView } from './approval-view.ts';
import { buttonRow, press } from './blocks/buttons.ts';
import { container } from './blocks/element.ts';
import { nameRun, numberWords } from './blocks/people.ts';
import { stopsBlock } from './blocks/plan.ts';
import { states, strip } from './blocks/strip.ts';
import { run, textLine } from './blocks/text-line.ts';
import { paragraph, smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { workText } from './change-words.ts';
import { counted } from './count-text.ts';
import { ellipsis } from './cut-text.ts';
import template from './glass-broken.json' with { type: 'json' };
import { outside } from './outside-text.ts';
import { own, said } from './own-text.ts';
import type { PlanView } from './plan-view.ts';
import { reasonLength, type Token } from './press.ts';
import { summaryName } from './summary-text.ts';
import { recordTimeText } from './time-text.ts';
import type { View } from './view.ts';

/** Tells the approvers that one person runs a plan without them. */
export interface GlassBrokenCardData {
  readonly view: View;
  readonly plan: PlanView;
  /** How many servers of a batch, where `plan` is that of the first; absent: the one. */
  readonly servers?: number;
  readonly brokeGlass: BrokeGlassView;
  readonly showState: Token;
}

const fill = cardTemplate(template);

/** Sent to every approver the moment the glass is broken: who, what, why. It is not replaced by later states. */
export function glassBrokenCard({
  view,
  plan,
  servers = 1,
  brokeGlass,
  showState,
}: GlassBrokenCardData): Card {
  const { by, at, reason } = brokeGlass;
  const others = servers > 1 ? own` and ${counted(servers - 1, own`more server`, own`more servers`)}` : own``;
  return fill(
    said`Glass broken on ${summaryName(plan.server)}${others}: ${summaryName(by)} runs a change alone: ${workText(plan)}. Next: show the current state.`,
    {
      strip: strip({
        state: states.brokeGlass,
        server: plan.server,
        heading:
          servers > 1
            ? own`One person runs these changes without an approval`
            : own`One person runs this change without an approval`,
      }),
      who: paragraph([
        nameRun(by),
        own` broke the glass on ${recordTimeText(at, view)}: `,
        run(workText(plan), { bold: true }),
        ...(servers > 1 ? [own` on `, nameRun(plan.server), others] : []),
        own`.`,
      ]),
      stops: stopsBlock(plan),
      reason: container(
        [
          textLine([own`The reason, in their words`], { bold: true }),
          textLine(
            [outside(reason).map((text) => ellipsis(text, reasonLength.most))],
            {},
            { spacing: 'None' },
          ),
        ],
        { style: 'emphasis', bleed: true, spacing: 'Medium' },
      ),
      next: paragraph([
        own`You need not do anything. It is recorded with the reason, and its card shows how it ends.`,
      ]),
      people: smallLine([numberWords(plan.number), own`Asked by `, nameRun(plan.askedBy), own`.`]),
      buttons: buttonRow([press('Show current state', showState)]),
    },
  );
}
