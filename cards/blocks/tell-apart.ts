import { codeColumns, cutLines, ellipsis } from '../cut-text.ts';
import { outside } from '../outside-text.ts';
import { type OwnText, own } from '../own-text.ts';
import { codeBand, codeLine, sourceLine } from './code-band.ts';
import type { Element } from './element.ts';
import { type Part, run } from './text-line.ts';
import { sectionTitle } from './words.ts';

/** The fault's own words, the first of which differs from those of KB 4096317. Outside text. */
export interface TheirWords {
  readonly errorCode?: string;
  readonly message?: string;
  readonly method?: string;
}

/** One of the two that are compared, in lines of the same shape, so that the eye finds the word that differs. */
function compared(label: OwnText, value: string): readonly Element[] {
  const dot = value.indexOf('.');
  const [front, word] = dot < 0 ? ['', value] : [value.slice(0, dot + 1), value.slice(dot + 1)];
  const lead: readonly Part[] = [
    run(label, { subtle: true }),
    ...(front === '' ? [] : [run(outside(front), { subtle: true })]),
  ];
  return [
    codeLine(lead, 'None'),
    ...cutLines(ellipsis(word, 3 * codeColumns), codeColumns, '.,;=/_').map((text) =>
      codeLine([run(outside(text), { bold: true })], 'None'),
    ),
  ];
}

/** @param line of the text that holds the words. @returns nothing where no word is known to differ. */
export function tellApart(theirs: TheirWords | undefined, line: number | undefined): readonly Element[] {
  if (theirs === undefined) return [];
  const yours = sourceLine([line === undefined ? own`Your log has` : own`Your log, line ${line}`], 'None');
  const kb = sourceLine([own`KB\u00a04096317 has`], 'Small');
  const pair = (label: OwnText, their: string, its: string) => [
    sectionTitle(own`How I tell them apart`),
    codeBand([yours, ...compared(label, their), kb, ...compared(label, its)]),
  ];
  if (theirs.message) return pair(own`Message=`, theirs.message, 'parameters.InstalledNonLeafUpdateIDs');
  if (theirs.errorCode) return pair(own`ErrorCode=`, theirs.errorCode, 'InvalidParameters');
  return theirs.method ? pair(own`Method=`, theirs.method, 'ClientWebService/SyncUpdates') : [];
}
