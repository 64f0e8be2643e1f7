import { cutLines, ellipsis, hostLines } from '../cut-text.ts';
import type { OwnText } from '../own-text.ts';
import { type Element, element } from './element.ts';
import { outsideLines, type Part, type RunStyle, textLine } from './text-line.ts';

/** Label of 72 px and a value beside it; without a label it goes on with the row above. Not a FactSet: clients read its title and value as Markdown. */
export function factRow(label: OwnText | undefined, value: readonly Element[]): Element {
  return element('ColumnSet', {
    columns: [
      element('Column', {
        width: '72px',
        items: label === undefined ? [] : [textLine([label], { subtle: true })],
      }),
      element('Column', { width: 'stretch', spacing: 'Small', items: value }),
    ],
  });
}

/** A value of words: no word in it longer than what fits beside a label. */
export function factText(parts: readonly Part[], style: RunStyle = {}): Element {
  return textLine(parts, style, { columns: 22 });
}

/** More than a domain of Active Directory can have (64 characters): a longer one is made to fill the card. */
const longestDomain = 78;

/** A host in bold; a long one with its domain below it. `note` is a line of ours under the name. */
export function hostValue(host: string, note?: OwnText): readonly Element[] {
  const { name, domain } = hostLines(host);
  return [
    ...outsideLines(name, { bold: true }),
    ...(domain === undefined
      ? []
      : outsideLines(
          cutLines(ellipsis(domain, longestDomain), 26, '.-'),
          { small: true, subtle: true },
          'None',
        )),
    ...(note === undefined ? [] : [textLine([note], { small: true, subtle: true }, { spacing: 'None' })]),
  ];
}
