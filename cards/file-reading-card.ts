import { buttonRow, press } from './blocks/buttons.ts';
import { type Element, element } from './blocks/element.ts';
import { nameRun } from './blocks/people.ts';
import { states, strip } from './blocks/strip.ts';
import { type Part, textLine } from './blocks/text-line.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { wholeDurationText } from './duration-text.ts';
import template from './file-reading.json' with { type: 'json' };
import { own, said } from './own-text.ts';
import type { Token } from './press.ts';
import { sizeText } from './size-text.ts';
import { summaryName } from './summary-text.ts';

/** A file that is being read, and how far. */
export interface FileReadingCardData {
  /** As the sender's machine calls it. */
  readonly name: string;
  /** Bytes. */
  readonly read: number;
  /** Bytes, when the host says it. */
  readonly size: number | undefined;
  /** Since reading began, milliseconds. */
  readonly elapsed: number;
  /** It waits until others are read. */
  readonly waits: boolean;
  readonly stop: Token;
}

const fill = cardTemplate(template);

/** 4.5: something happens, and it is harmless. */
export function fileReadingCard(data: FileReadingCardData): Card {
  const percent = percentOf(data);
  const heading = data.waits
    ? own`Your file waits its turn`
    : percent === undefined
      ? own`I am reading your file`
      : own`I am reading your file: ${percent} %`;
  return fill(
    said`Reading the file ${summaryName(data.name)}. Nothing of it is kept. The result replaces this card.`,
    {
      strip: strip({ state: states.reading, heading }),
      file: textLine([nameRun(data.name)], {}, { spacing: 'Medium' }),
      bar: percent === undefined ? [] : [bar(percent)],
      progress: textLine(progressOf(data), { small: true, subtle: true }, { spacing: 'Small' }),
      buttons: buttonRow([press('Stop reading', data.stop)]),
    },
  );
}

/** Whole percents; 100 only at the end. */
function percentOf({ read, size, waits }: FileReadingCardData): number | undefined {
  return waits || size === undefined || size === 0
    ? undefined
    : Math.min(100, Math.floor((100 * read) / size));
}

function progressOf({ read, size, elapsed, waits }: FileReadingCardData): readonly Part[] {
  if (waits) return [own`I read a few files at a time, and other people’s are first.`];
  const amount =
    size === undefined ? own`${sizeText(read)} so far` : own`${sizeText(read)} of ${sizeText(size)}`;
  const rate = elapsed < 500 || read === 0 ? undefined : (1000 * read) / elapsed;
  if (rate === undefined) return [amount];
  const left = size === undefined || read >= size ? undefined : (1000 * (size - read)) / rate;
  return [
    amount,
    own` · ${sizeText(rate)} a second`,
    ...(left === undefined ? [] : [own` · about ${wholeDurationText(Math.max(1000, left))} left`]),
  ];
}

/** Two columns, as wide as what is read and what is not. Says nothing that the words do not say. */
function bar(percent: number): Element {
  const part = (width: number, style: string): Element =>
    element('Column', { width, style, minHeight: '6px', spacing: 'None', items: [] });
  return element('ColumnSet', {
    spacing: 'Small',
    columns: [
      ...(percent > 0 ? [part(percent, 'accent')] : []),
      ...(percent < 100 ? [part(100 - percent, 'emphasis')] : []),
    ],
  });
}
