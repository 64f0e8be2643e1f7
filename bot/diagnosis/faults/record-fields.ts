import { isHardWrapped, type LogRecord } from '../records/records.ts';
import { type Field, findFields, mayHoldFields } from './fault-fields.ts';
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
function readable({ name, value }: Field): number {
  if (name === 'errorCode') return isSoapErrorCode(value) ? 3 : 0;
  if (name === 'message') return wholeMessage.test(value) ? 5 : /^[\w.]+$/.test(value) ? 3 : 0;
  if (name === 'method' || name === 'actor') {
    if (!plainUrl.test(value) || serviceOf(value) === null) return 0;
    return wholeMethod.test(value) ? 5 : 3;
  }
  return value === '' ? 0 : 1;
}

/** Words that begin a fault count too: where they are broken, its fields would go to the fault before. */
const quality = (fields: readonly Field[]): number =>
  fields.reduce((sum, field) => sum + readable(field) + (field.begins ? 1 : 0), 0);

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

/** A console this narrow leaves no word whole; a chat then puts blanks where its lines ended. */
const narrowest = 5;
const widest = 23;
const mostBreaks = 8;

function isChopped(text: string): boolean {
  for (let width = narrowest; width <= widest && text.length > mostBreaks * (width + 1); width += 1) {
    let breaks = 0;
    while (breaks < mostBreaks && text[(breaks + 1) * (width + 1) - 1] === ' ') breaks += 1;
    if (breaks === mostBreaks) return true;
  }
  return false;
}

interface Reading {
  readonly fields: readonly Field[];
  /** Their places in the lines are known. */
  readonly isPlaced: boolean;
}

/**
 * A word or a character reference broken over two lines is whole again when the lines are joined without anything between, and one
 * that was broken and joined with a blank without any blanks at all.
 */
function bestReading(record: LogRecord, text: string): Reading {
  const { joined } = record;
  let best: Reading = { fields: findFields(text), isPlaced: true };
  if (joined !== null) {
    const fields = findFields(joined);
    const better = quality(fields) - quality(best.fields);
    if (better > 0 || (better === 0 && fields.length > 0 && isHardWrapped(record))) {
      best = { fields, isPlaced: false };
    }
  }
  if (isReadable(best.fields) || !(mayHoldFields(text) || isChopped(text))) return best;
  const squeezed = findFields(text.replace(/\s+/g, ''));
  const isBetter = isReadable(squeezed) && quality(squeezed) > quality(best.fields);
  return isBetter ? { fields: squeezed, isPlaced: false } : best;
}

/** Finds the fields of a record. Those whose place is not known stand somewhere in all its lines. */
export function fieldsOf(record: LogRecord): PlacedField[] {
  const normals = record.lines.map(({ normal }) => normal);
  const { fields, isPlaced } = bestReading(record, normals.join('\n'));
  return isPlaced
    ? place(
        fields,
        normals.map(({ length }) => length),
      )
    : fields.map((field) => ({ ...field, firstLine: 0, lastLine: normals.length - 1 }));
}
