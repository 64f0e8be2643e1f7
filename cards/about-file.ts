import { type Part, run, textLine } from './blocks/text-line.ts';
import type { Card } from './card.ts';
import { counted } from './count-text.ts';
import { inlineName } from './cut-text.ts';
import { outside } from './outside-text.ts';
import { own } from './own-text.ts';
import { sizeText } from './size-text.ts';

/** The file that an answer is about. */
export interface FileRead {
  readonly name: string;
  /** Bytes of the file as it came. */
  readonly size: number;
  readonly lines: number;
}

/** The same card with a line below its strip: which file it is about, and how much of it was read. */
export function aboutFile(card: Card, { name, size, lines }: FileRead): Card {
  const words: Part[] = [
    run(
      outside(name).map((characters) => inlineName(characters)),
      { bold: true, small: true },
    ),
    own` · ${sizeText(size)} · ${counted(lines, own`line`, own`lines`)}`,
  ];
  const [first, ...rest] = card.json.body as readonly unknown[];
  const line = textLine(words, { small: true, subtle: true }, { spacing: 'Small' });
  return { ...card, json: { ...card.json, body: [first, line, ...rest] } };
}
