import { type Field, findFields } from './fault-fields.ts';
import { normaliseLine } from './normalise.ts';
import type { LogRecord } from './records.ts';
import { serviceOf } from './service.ts';
import { isSoapErrorCode } from './soap-error-code.ts';

function lineIndex(text: string, index: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** @returns the first and the last line of a record's text that a field stands on, counted from 0. */
export const linesOf = (text: string, { index, end }: Field) =>
  [lineIndex(text, index), lineIndex(text, end)] as const;

const plainUrl = /^https?:\/\/[\w.:/[\]-]+$/i;

/** How much of it can be read: a field that another text ran into counts less than a clean one. */
function quality(fields: readonly Field[]): number {
  return fields.reduce((sum, { name, value }) => {
    if (name === 'errorCode') return sum + (isSoapErrorCode(value) ? 3 : 0);
    if (name === 'message') return sum + (/^[\w.]+$/.test(value) ? 3 : 0);
    if (name === 'method' || name === 'actor')
      return sum + (plainUrl.test(value) && serviceOf(value) !== null ? 3 : 0);
    return sum + (value === '' ? 0 : 1);
  }, 0);
}

/**
 * A word or a character reference broken over two lines is whole again when the lines are joined without anything between.
 * `text` is null when only that brought the fields: they then stand somewhere in all lines of the record.
 */
export function fieldsOf(record: LogRecord): { text: string | null; fields: Field[] } {
  const normals = record.lines.map(({ normal }) => normal);
  const text = normals.join('\n');
  const fields = findFields(text);
  if (normals.length === 1) return { text, fields };
  const joined = findFields(normaliseLine(normals.join('')));
  return quality(joined) > quality(fields) ? { text: null, fields: joined } : { text, fields };
}
