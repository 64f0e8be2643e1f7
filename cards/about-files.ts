import type { Element } from './blocks/element.ts';
import { type Part, run, textLine } from './blocks/text-line.ts';
import type { Card } from './card.ts';
import { counted, countText } from './count-text.ts';
import { inlineName } from './cut-text.ts';
import { outside } from './outside-text.ts';
import { own } from './own-text.ts';
import { sizeText } from './size-text.ts';
import { withBody } from './with-body.ts';

/** What an answer to files was read from. */
export interface FilesRead {
  /** Logs, in the order in which they were read; at least one. */
  readonly names: readonly string[];
  /** Bytes of the files as they came. */
  readonly size: number;
  readonly lines: number;
  /** Files in archives that are no logs. */
  readonly others: number;
  /** Something of it was too long and was left out. */
  readonly truncated: boolean;
}

const mostNamed = 3;

/** The same card with a line below its strip: which files it is about, and how much of them was read. */
export function aboutFiles(card: Card, files: FilesRead): Card {
  return withBody(card, ([strip, ...rest]) => [strip, ...linesOf(files), ...rest]);
}

function linesOf({ names, size, lines, others, truncated }: FilesRead): readonly Element[] {
  const shown = names.slice(0, mostNamed);
  const more = names.length - shown.length;
  const words: readonly Part[] = [
    ...shown.flatMap((name, index): readonly Part[] => [
      ...(index > 0 ? [own`, `] : []),
      run(
        outside(name).map((characters) => inlineName(characters)),
        { bold: true, small: true },
      ),
    ]),
    ...(more > 0 ? [own` and ${countText(more)} more`] : []),
    own` · ${sizeText(size)} · ${counted(lines, own`line`, own`lines`)}`,
  ];
  const small = (parts: readonly Part[]) =>
    textLine(parts, { small: true, subtle: true }, { spacing: 'Small' });
  return [
    small(words),
    ...(truncated ? [small([own`Not all of it was read: a part was too long.`])] : []),
    ...(others > 0
      ? [small([own`${counted(others, own`other file`, own`other files`)} in it: no logs, left out.`])]
      : []),
  ];
}
