import type { AskView } from './ask-view.ts';
import { buttonRow, press } from './blocks/buttons.ts';
import { codeBand, codeLine, commandBand } from './blocks/code-band.ts';
import { container, type Element } from './blocks/element.ts';
import { evidenceLines } from './blocks/evidence.ts';
import { alsoBlock, headingOf, paragraphs, stepsBlock } from './blocks/explanation.ts';
import { prose } from './blocks/prose.ts';
import { seenRows } from './blocks/seen.ts';
import { states, strip } from './blocks/strip.ts';
import { run } from './blocks/text-line.ts';
import { nextBlock, paragraph, sectionTitle } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { counted } from './count-text.ts';
import type { EvidenceLine, SeenView } from './evidence-view.ts';
import type { AlsoView, ExplanationView } from './explanation-view.ts';
import template from './not-enough-evidence.json' with { type: 'json' };
import { own, said } from './own-text.ts';
import type { Token } from './press.ts';
import type { View } from './view.ts';

/** A fault without the detail that decides. */
export interface NotEnoughEvidenceCardData {
  readonly view: View;
  readonly explanation: ExplanationView;
  /** Their lines with the code, at most two are shown. */
  readonly evidence: readonly EvidenceLine[];
  /** Lines that were sent. */
  readonly lines: number;
  readonly seen: SeenView;
  readonly others: readonly AlsoView[];
  readonly asks: readonly AskView[];
  /** A server of the inventory that the text names. Absent when this person may not check. */
  readonly check?: { readonly server: string; readonly token: Token };
  /** "Check a server": answer with `whichServerCard`. Absent when this person may not check. */
  readonly checkServer?: Token;
  /** Answer with the plain message `askCommands`. Absent without a command. */
  readonly commandsAsText?: Token;
}

const fill = cardTemplate(template);

const places: Readonly<Record<AskView['where'], string>> = {
  server: '# On the WSUS server',
  client: '# On a failing client',
};

/** The commands of all asks as they are typed; where there are several, each below a comment that says on which machine. */
export function askCommands(asks: readonly AskView[]): string {
  const several = asks.length > 1;
  return asks
    .map(({ where, command }) => [...(several ? [places[where]] : []), ...command].join('\n'))
    .join('\n\n');
}

/** What was sent, and what is missing in it. */
function shownLines({ evidence, lines, explanation }: NotEnoughEvidenceCardData): readonly Element[] {
  return [
    sectionTitle(own`What your text shows`),
    ...paragraphs(explanation.why, 'Small'),
    codeBand([
      ...evidence.slice(0, 2).flatMap((line, index) => evidenceLines(line, index === 0)),
      codeLine([run(own`${counted(lines, own`line`, own`lines`)} read`, { subtle: true })]),
    ]),
  ];
}

/** What to send, each with the command that finds it. */
function askedFor({ asks, explanation }: NotEnoughEvidenceCardData): readonly Element[] {
  if (asks.length === 0) return stepsBlock(explanation);
  const title = asks.length === 1 ? own`Next: send me this` : own`Next: send me one of these`;
  return [
    nextBlock([title], explanation.steps.map(prose)),
    ...asks.flatMap(({ what, command }, index) => [
      paragraph([...(asks.length === 1 ? [] : [run(own`${index + 1}. `, { bold: true })]), ...prose(what)]),
      ...(command.length === 0 ? [] : [commandBand(command.join('\n'))]),
    ]),
  ];
}

/** 4.3: refuses to guess, and asks for the right lines. */
export function notEnoughEvidenceCard(data: NotEnoughEvidenceCardData): Card {
  const { view, explanation, asks, check, checkServer, commandsAsText } = data;
  const heading = headingOf(explanation);
  const seen = seenRows(data.seen, view);
  const may = check !== undefined || checkServer !== undefined;
  const wanted = asks.length === 0 ? own`see the card` : own`send me the lines that the card names`;
  return fill(
    said`Not enough evidence: ${heading}. Next: ${wanted}${may ? own`, or let me check a server` : own``}.`,
    {
      strip: strip({ state: states.notEnoughEvidence, heading }),
      cause: paragraphs(explanation.cause),
      evidence: shownLines(data),
      seen: seen.length === 0 ? [] : [container(seen, { spacing: 'Medium' })],
      notes: paragraphs(explanation.notes),
      also: alsoBlock(data.others),
      asks: askedFor(data),
      look: may
        ? [
            nextBlock(
              [own`Or let me look`],
              [[own`I can read the server myself. Reading changes no setting.`]],
            ),
          ]
        : [],
      buttons: buttonRow([
        ...(check === undefined ? [] : [press({ check: check.server }, check.token, { first: true })]),
        ...(check !== undefined || checkServer === undefined
          ? []
          : [press('Check a server', checkServer, { first: true })]),
        ...(commandsAsText === undefined
          ? []
          : [press(asks.length === 1 ? 'Command as text' : 'Commands as text', commandsAsText)]),
      ]),
    },
  );
}
