import { buttonRow, press } from './blocks/buttons.ts';
import { commandBand } from './blocks/code-band.ts';
import { container, type Element } from './blocks/element.ts';
import { factRow, factText, hostValue } from './blocks/fact-row.ts';
import { strip } from './blocks/strip.ts';
import { outsideLines } from './blocks/text-line.ts';
import { paragraph, smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { boldColumns, cutLines, ellipsis } from './cut-text.ts';
import { outside } from './outside-text.ts';
import { type OwnText, own, said } from './own-text.ts';
import type { Token } from './press.ts';
import template from './remote-error.json' with { type: 'json' };
import type { RemoteErrorKind, RemoteErrorPlace } from './remote-error-kind.ts';
import { remoteErrorWords } from './remote-error-words.ts';
import { summaryName } from './summary-text.ts';
import { secondsText } from './time-text.ts';
import type { View } from './view.ts';

export type { RemoteErrorKind } from './remote-error-kind.ts';

/** The server could not be read. Nothing was changed. */
export interface RemoteErrorCardData extends RemoteErrorPlace {
  readonly view: View;
  readonly kind: RemoteErrorKind;
  /** Short name from the inventory. */
  readonly server: string;
  readonly account: string;
  readonly at: Date;
  /** "fault 5", "HTTP 503", with or without the server's own words; outside text. */
  readonly answer?: string;
  readonly checkAgain: Token;
  /** Answer with the plain message `remoteErrorCommand(data)`. Left out of the card when there is no command. */
  readonly commandAsText: Token;
}

const fill = cardTemplate(template);

/** The command that a remote error card shows, when there is one. */
export function remoteErrorCommand(
  data: RemoteErrorPlace & { readonly kind: RemoteErrorKind },
): string | undefined {
  return remoteErrorWords[data.kind].command?.(data);
}

/** 4.13: what the server answered, and the cure. */
export function remoteErrorCard(data: RemoteErrorCardData): Card {
  const words = remoteErrorWords[data.kind];
  const heading = words.heading(data);
  const command = remoteErrorCommand(data);
  return fill(
    said`${words.state.word}: ${summaryName(data.server)}. ${heading}. Nothing was changed. ${words.cureTitle}.`,
    {
      strip: strip({ state: words.state, server: data.server, heading }),
      sentence: paragraph([words.sentence]),
      facts: words.answer === undefined ? [] : [container(facts(data, words.answer), { spacing: 'Medium' })],
      cureTitle: words.cureTitle,
      cure: words.cure.map((sentence) => paragraph([sentence], 'Small')),
      command: command === undefined ? [] : [commandBand(command)],
      note: words.note === undefined ? [] : [smallLine([words.note])],
      buttons: buttonRow([
        press('Check again', data.checkAgain, { first: true }),
        ...(command === undefined ? [] : [press('Command as text', data.commandAsText)]),
      ]),
    },
  );
}

/** Where it was, as whom, and what came of it. */
function facts(data: RemoteErrorCardData, answer: OwnText): readonly Element[] {
  const detail =
    data.answer === undefined
      ? []
      : [own` (`, outside(data.answer).map((text) => ellipsis(text, 200)), own`)`];
  return [
    factRow(own`Server`, hostValue(data.host)),
    factRow(own`Account`, outsideLines(cutLines(data.account, boldColumns, '\\@.-'), { bold: true })),
    factRow(own`Answer`, [factText([answer, ...detail, own` at ${secondsText(data.at, data.view)}`])]),
  ];
}
