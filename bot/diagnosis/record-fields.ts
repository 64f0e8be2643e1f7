import { type Field, findFields, mayHoldFields } from './fault-fields.ts';
import { isHardWrapped, type LogRecord } from './records.ts';
import { serviceOf } from './service.ts';
import { isSoapErrorCode } from './soap-error-code.ts';

/** A field with the lines of its record that it stands on, counted from 0. */
export interface PlacedField extends Field {
  readonly firstLine: number;
  readonly lastLine: number;
}

const plainUrl = /^https?:\/\/[\w.:/[\]-]+$/i;

/** What a break inside a word leaves of them is as clean as the whole: the whole counts more. */
const wholeMessage = /^parameters\.(?:InstalledNonLeafUpdateIDs|OtherCachedUpdateIDs)$/i;
const wholeMethod = /\/SyncUpdates$/i;

/** How much of it can be read: a field that another text ran into counts less than a clean one. */
function quality(fields: readonly Field[]): number {
  return fields.reduce((sum, { name, value }) => {
    if (name === 'errorCode') return sum + (isSoapErrorCode(value) ? 3 : 0);
    if (name === 'message') return sum + (wholeMessage.test(value) ? 5 : /^[\w.]+$/.test(value) ? 3 : 0);
    if (name === 'method' || name === 'actor') {
      if (!plainUrl.test(value) || serviceOf(value) === null) return sum;
      return sum + (wholeMethod.test(value) ? 5 : 3);
    }
    return sum + (value === '' ? 0 : 1);
  }, 0);
}

/** Fields come in the order of the text, so one walk over the lines' ends places them all. */
function place(fields: readonly Field[], lengths: readonly number[]): PlacedField[] {
  const ends: number[] = [];
  let length = 0;
  for (const each of lengths) {
    length += each + 1;
    ends.push(length);
  }
  let line = 0;
  const lineAt = (index: number): number => {
    while (line > 0 && index < (ends[line - 1] ?? 0)) line -= 1;
    while (line < ends.length - 1 && index >= (ends[line] ?? 0)) line += 1;
    return line;
  };
  return fields.map((field) => ({
    ...field,
    firstLine: lineAt(field.index),
    lastLine: lineAt(Math.max(field.index, field.end - 1)),
  }));
}

const isReadable = (fields: readonly Field[]): boolean =>
  fields.some(({ name, value }) => name === 'errorCode' && isSoapErrorCode(value)) &&
  fields.some(({ name }) => name === 'message') &&
  fields.some(({ name, value }) => (name === 'method' || name === 'actor') && serviceOf(value) !== null);

/**
 * A word or a character reference broken over two lines is whole again when the lines are joined without anything between, and one
 * that was broken and joined with a blank without any blanks at all. Fields that only this brought stand somewhere in all lines.
 */
export function fieldsOf(record: LogRecord): PlacedField[] {
  const normals = record.lines.map(({ normal }) => normal);
  const text = normals.join('\n');
  let fields = findFields(text);
  let isPlaced = true;
  if (record.joined !== null) {
    const joined = findFields(record.joined);
    const better = quality(joined) - quality(fields);
    if (better > 0 || (better === 0 && joined.length > 0 && isHardWrapped(record))) {
      fields = joined;
      isPlaced = false;
    }
  }
  if (mayHoldFields(text) && !isReadable(fields)) {
    const squeezed = findFields(text.replace(/\s+/g, ''));
    if (isReadable(squeezed) && quality(squeezed) > quality(fields)) {
      fields = squeezed;
      isPlaced = false;
    }
  }
  return isPlaced
    ? place(
        fields,
        normals.map(({ length }) => length),
      )
    : fields.map((field) => ({ ...field, firstLine: 0, lastLine: normals.length - 1 }));
}
