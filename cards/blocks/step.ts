import { type OwnText, own } from '../own-text.ts';
import { type Element, element } from './element.ts';
import { type Part, run, textLine } from './text-line.ts';

export type StepMark = 'done' | 'now' | 'later' | 'failed' | 'not-known' | 'not-possible';

const marks: Readonly<Record<StepMark, OwnText>> = {
  done: own`✓`,
  now: own`▸`,
  later: own`○`,
  failed: own`✕`,
  'not-known': own`?`,
  'not-possible': own`–`,
};

export interface StepRow {
  readonly mark: StepMark;
  readonly what: readonly Part[];
  /** Small and subtle below it. */
  readonly detail?: readonly Part[];
  /** Time or duration at the right. */
  readonly time?: OwnText;
}

/** Glyph, what was done, when or how long. */
export function stepRow({ mark, what, detail, time }: StepRow): Element {
  const style = mark === 'now' ? { bold: true as const } : mark === 'later' ? { subtle: true as const } : {};
  return element('ColumnSet', {
    spacing: 'Small',
    columns: [
      element('Column', { width: '20px', items: [textLine([marks[mark]])] }),
      element('Column', {
        width: 'stretch',
        spacing: 'Small',
        items: [
          textLine(what, style),
          ...(detail === undefined
            ? []
            : [textLine(detail, { small: true, subtle: true }, { spacing: 'None', columns: 24 })]),
        ],
      }),
      ...(time === undefined
        ? []
        : [
            element('Column', {
              width: '60px',
              spacing: 'Small',
              items: [textLine([time], { small: true, subtle: true }, { horizontalAlignment: 'Right' })],
            }),
          ]),
    ],
  });
}

/** A proof: bold title and a line of what was seen. */
export function proofRow(mark: StepMark, title: OwnText, seen: readonly Part[]): Element {
  return element('ColumnSet', {
    spacing: 'Small',
    columns: [
      element('Column', { width: '20px', items: [textLine([marks[mark]])] }),
      element('Column', {
        width: 'stretch',
        spacing: 'Small',
        items: [textLine([run(title, { bold: true })]), textLine(seen, {}, { spacing: 'None', columns: 26 })],
      }),
    ],
  });
}
