import { isHardWrapped, type LogRecord } from '../records/records.ts';
import { type Field, type FieldName, findFields, mayHoldFields } from './fault-fields.ts';
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

/** A console broke the line right behind what looks like a whole message, and the word goes on in the next one. */
function goesOn(broken: readonly Field[], joined: readonly Field[]): boolean {
  const message = ({ name }: Field) => name === 'message';
  const [short, long] = [broken.find(message)?.value, joined.find(message)?.value];
  return short !== undefined && long !== undefined && wholeMessage.test(short) && long.length > short.length;
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
    const isWrapped = isHardWrapped(record);
    if (better > 0 || (isWrapped && ((better === 0 && fields.length > 0) || goesOn(best.fields, fields)))) {
      best = { fields, isPlaced: false };
    }
  }
  if (isReadable(best.fields) || !(mayHoldFields(text) || isChopped(text))) return best;
  const squeezed = findFields(text.replace(/\s+/g, ''));
  const isBetter = isReadable(squeezed) && quality(squeezed) > quality(best.fields);
  return isBetter ? { fields: squeezed, isPlaced: false } : best;
}

/** The client's name of a method of a web service, in a text without blanks. */
const namedMethod = /https?:\/\/[\w.]{1,60}\/SoftwareDistribution\/Server\/\w{1,40}WebService\/\w{1,60}/i;

const has = (fields: readonly Field[], wanted: FieldName): boolean =>
  fields.some(({ name }) => name === wanted);

/** The method of the one fault of a record, where a break stands within its name and hides its field. */
function brokenMethod(fields: readonly Field[], text: string): Field | undefined {
  const isOneFault = fields.filter(({ name }) => name === 'errorCode').length === 1;
  if (!isOneFault || !has(fields, 'actor')) return undefined;
  if (fields.some(({ name, value }) => name === 'method' && namedMethod.test(value))) return undefined;
  const [value] = namedMethod.exec(text.replace(/\s+/g, '')) ?? [];
  return value === undefined ? undefined : { name: 'method', value, index: 0, end: 0, begins: false };
}

/** The actor names no method: what was cut off may name another one than SyncUpdates. */
const withoutDoubt = (fields: readonly PlacedField[], { isCut }: LogRecord): readonly PlacedField[] =>
  isCut && !has(fields, 'method') ? fields.filter(({ name }) => name !== 'actor') : fields;

/** Finds the fields of a record. Those whose place is not known stand somewhere in all its lines. */
export function fieldsOf(record: LogRecord): readonly PlacedField[] {
  const normals = record.lines.map(({ normal }) => normal);
  const text = normals.join('\n');
  const { fields, isPlaced } = bestReading(record, text);
  const somewhere = (field: Field) => ({ ...field, firstLine: 0, lastLine: normals.length - 1 });
  const broken = brokenMethod(fields, text);
  const placed = isPlaced
    ? place(
        fields,
        normals.map(({ length }) => length),
      )
    : fields.map(somewhere);
  if (broken === undefined) return withoutDoubt(placed, record);
  return [...placed.filter(({ name }) => name !== 'method'), somewhere(broken)];
}
