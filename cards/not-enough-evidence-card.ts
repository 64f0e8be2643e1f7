import { buttonRow, press } from './blocks/buttons.ts';
import { code, codeBand, codeLine, commandBand } from './blocks/code-band.ts';
import { evidenceLines } from './blocks/evidence.ts';
import { states, strip } from './blocks/strip.ts';
import { run } from './blocks/text-line.ts';
import { nextBlock, paragraph } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { commands } from './commands.ts';
import { counted } from './count-text.ts';
import type { EvidenceLine } from './evidence-view.ts';
import template from './not-enough-evidence.json' with { type: 'json' };
import { own } from './own-text.ts';
import type { Token } from './press.ts';

/** 80244007 without the detail that decides. */
export interface NotEnoughEvidenceCardData {
  /** Their lines with the code, at most two are shown. */
  readonly evidence: readonly EvidenceLine[];
  /** Lines that were sent. */
  readonly lines: number;
  /** They quote Microsoft's general page, not a log. */
  readonly quotesGeneralPage: boolean;
  /** "Check a server": answer with `whichServerCard`. Absent when this person may not check. */
  readonly checkServer?: Token;
  /** Answer with the plain message `commands.findFaultLines`. */
  readonly commandsAsText: Token;
}

const fill = cardTemplate(template);

/** 4.3: refuses to guess, and asks for the right lines. */
export function notEnoughEvidenceCard(data: NotEnoughEvidenceCardData): Card {
  const look = data.checkServer !== undefined;
  const three = own`Three known faults look like this, and each has its own fix. I propose nothing until I see which one it is.`;
  return fill(
    `Not enough evidence: 80244007 alone does not name the cause. Next: send me the lines with ErrorCode or ThrowException${look ? ', or let me check a server' : ''}.`,
    {
      strip: strip({ state: states.notEnoughEvidence, heading: own`80244007 alone does not name the cause` }),
      sentence: data.quotesGeneralPage
        ? own`That page leaves out the detail that decides. ${three}`
        : own`It says only that WSUS answered with a fault. ${three}`,
      evidence: codeBand([
        ...data.evidence.slice(0, 2).flatMap((line, index) => evidenceLines(line, index === 0)),
        codeLine([
          run(own`${counted(data.lines, own`line`, own`lines`)}: no ErrorCode, no Message`, { subtle: true }),
        ]),
      ]),
      serverLines: paragraph([
        run(own`1. `, { bold: true }),
        own`From the server, the lines with `,
        code(own`ThrowException`),
        own` in `,
        code(own`SoftwareDistribution.log`),
        own`:`,
      ]),
      command: commandBand(commands.findFaultLines),
      clientLines: paragraph([
        run(own`2. `, { bold: true }),
        own`From a failing client, the lines with `,
        code(own`ErrorCode`),
        own` in `,
        code(own`WindowsUpdate.log`),
        own`. On Windows 10 and later `,
        code(own`Get-WindowsUpdateLog`),
        own` puts that file on the desktop.`,
      ]),
      look: look
        ? [
            nextBlock(
              [own`Or let me look`],
              [[own`I can read the server myself. Reading changes no setting.`]],
            ),
          ]
        : [],
      buttons: buttonRow([
        ...(data.checkServer === undefined
          ? []
          : [press('Check a server', data.checkServer, { first: true })]),
        press('Commands as text', data.commandsAsText),
      ]),
    },
  );
}
