import { buttonRow, press } from './blocks/buttons.ts';
import { paragraphs } from './blocks/explanation.ts';
import { prose } from './blocks/prose.ts';
import { serverChoice } from './blocks/server-choice.ts';
import { states, strip } from './blocks/strip.ts';
import { paragraph } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { counted } from './count-text.ts';
import type { ExplanationView } from './explanation-view.ts';
import template from './no-fault.json' with { type: 'json' };
import { own, plainHeading, said } from './own-text.ts';
import type { Token } from './press.ts';

/** Text without a fault: log lines that hold none, or talk. */
export interface NoFaultCardData {
  readonly kind: 'no-fault-in-log' | 'small-talk';
  readonly explanation: Pick<ExplanationView, 'heading' | 'cause' | 'notes'>;
  readonly lines: number;
  /** Inventory; empty when this person may not check. Check comes with `inputs.server`. */
  readonly servers: readonly string[];
  readonly check?: Token;
  readonly help?: Token;
}

const fill = cardTemplate(template);

/** Says what was read and what to send instead. */
export function noFaultCard(data: NoFaultCardData): Card {
  const talk = data.kind === 'small-talk';
  const hasChoice = data.servers.length > 0 && data.check !== undefined;
  const heading = talk ? own`I read WSUS logs and servers` : plainHeading(data.explanation.heading);
  return fill(
    said`${talk ? own`Help` : own`No fault found`}: ${heading}. Next: paste lines with an error code, or type “check” and a server name.`,
    {
      strip: strip({ state: talk ? states.help : states.noFault, heading }),
      sentence: talk
        ? [
            paragraph([
              own`Give me log lines of the error 80244007, or the name of a server. I name the cause and the exact change.`,
            ]),
          ]
        : [
            paragraph([
              own`I read ${counted(data.lines, own`line`, own`lines`)}. `,
              ...data.explanation.cause.flatMap((cause, index) => [
                ...(index === 0 ? [] : [own` `]),
                ...prose(cause),
              ]),
            ]),
            ...paragraphs(data.explanation.notes, 'Small'),
          ],
      choice: hasChoice ? [serverChoice(data.servers)] : [],
      buttons: buttonRow([
        ...(hasChoice ? [press('Check', data.check, { first: true })] : []),
        ...(data.help === undefined ? [] : [press('Help', data.help, { withoutInputs: true })]),
      ]),
    },
  );
}
