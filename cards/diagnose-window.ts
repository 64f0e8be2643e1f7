import { buttonRow, submit } from './blocks/buttons.ts';
import { element } from './blocks/element.ts';
import { states, strip } from './blocks/strip.ts';
import { paragraph } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import template from './diagnose-form.json' with { type: 'json' };
import { own } from './own-text.ts';
import { withBody } from './with-body.ts';

/** Characters that one window takes and hands on: with the card they stay below what Teams takes. */
export const mostInWindow = 16_000;

const fill = cardTemplate(template);

/** The window of the message extension: paste, and see the cause. Its button sends `{ wants: 'answer', text }`. */
export function diagnoseFormCard(): Card {
  return fill(own`Diagnose: paste the lines around the failure. I name the cause.`, {
    strip: strip({ state: states.diagnose, heading: own`Paste the lines around the failure` }),
    sentence: paragraph([
      own`Lines of SoftwareDistribution.log from the server, or of WindowsUpdate.log from a client. I name the cause. You alone see the answer, and I keep nothing of the text.`,
    ]),
    input: element('Input.Text', {
      id: 'text',
      label: own`Log lines`,
      isMultiline: true,
      isRequired: true,
      errorMessage: own`Paste some lines first.`,
      maxLength: mostInWindow,
      spacing: 'Medium',
    }),
    buttons: buttonRow([submit(own`Diagnose`, { wants: 'answer' })]),
  });
}

/**
 * An answer in that window, with a button that makes a message of it which the person sends. The button hands the text on, so that
 * nobody has to keep it; without one the message is there still.
 */
export function answerInWindow(card: Card, text: string | undefined): Card {
  const post = buttonRow([
    submit(own`Post here`, { wants: 'insert', ...(text === undefined ? {} : { text }) }),
  ]);
  return withBody(card, (body) => [...body, ...post]);
}
