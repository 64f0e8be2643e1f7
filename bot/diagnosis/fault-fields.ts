export type FieldName = 'errorCode' | 'message' | 'id' | 'method' | 'actor' | 'client';

/** One field of a SOAP fault's detail, in whatever form the log prints it. It stands from `index` to `end` in the record's text. */
export interface Field {
  readonly name: FieldName;
  readonly value: string;
  readonly index: number;
  readonly end: number;
  /** The first field of a rendering: what comes before belongs to another fault. */
  readonly begins: boolean;
}

/** An element's beginning, a name before = or :, or the words that begin a rendering. */
const label =
  /<(?:\w{1,20}:)?(ErrorCode|Message|ID|Method)(?:[ \t][^<>]{0,200})?>|\b(ErrorCode|Message|ID|Method|Actor|Client)\s{0,4}[=:]|(\bThrowException\b|<detail\b|\bSoap fault detail\b)/gi;
const properties: Readonly<Record<string, FieldName>> = {
  errorcode: 'errorCode',
  message: 'message',
  id: 'id',
  method: 'method',
  actor: 'actor',
  client: 'client',
};
const longestValue = 600;

function element(text: string): string {
  const end = text.indexOf('<');
  return end < 0 ? text : text.slice(0, end);
}

const wholeMessage = /^parameters\.(?:InstalledNonLeafUpdateIDs|OtherCachedUpdateIDs)$/i;

/** name=value, name: value, name='value', name='"value"'. A value may be broken over lines; the last of a list ends with its line. */
function assignment(text: string, name: FieldName): string {
  const blanks = text.length - text.trimStart().length;
  const quote = text[blanks];
  if (quote === "'" || quote === '"') {
    const end = text.indexOf(quote, blanks + 1);
    if (end > 0) return text.slice(0, end + 1);
  }
  const comma = text.indexOf(',');
  const lineEnd = text.indexOf('\n', blanks);
  const endsWithLine =
    comma < 0 || name === 'client' || wholeMessage.test(text.slice(blanks, lineEnd).trim());
  const end = endsWithLine && lineEnd >= 0 && (comma < 0 || lineEnd < comma) ? lineEnd : comma;
  return end < 0 ? text : text.slice(0, end);
}

function clean(value: string, name: FieldName): string {
  const joined = value.replace(/[\r\n]/g, '').trim();
  if (name === 'message') return joined.replace(/^['"]|['"]$/g, '').trim();
  const bare = joined.replace(/^[\s"'\\]{1,8}|[\s"'\\]{1,8}$/g, '').replace(/\s.*$/, '');
  return name === 'errorCode' ? bare.replace(/\(\d{1,9}\)$/, '') : bare;
}

function labelled(text: string): Field[] {
  const fields: Field[] = [];
  const matches = [...text.matchAll(label)];
  let marker: number | undefined;
  for (const [position, match] of matches.entries()) {
    const written = match[1] ?? match[2];
    const name = written === undefined ? undefined : properties[written.toLowerCase()];
    if (name === undefined) {
      marker ??= match.index;
      continue;
    }
    const start = match.index + match[0].length;
    const end = Math.min(matches[position + 1]?.index ?? text.length, start + longestValue);
    const rest = text.slice(start, end);
    const value = match[1] === undefined ? assignment(rest, name) : element(rest);
    fields.push({
      name,
      value: clean(value, name),
      index: marker ?? match.index,
      end: start + value.trimEnd().length,
      begins: marker !== undefined,
    });
    marker = undefined;
  }
  return fields;
}

/** What is left of `<detail>…</detail>` when a chat client took the tags away. */
const strippedDetail =
  /(?<![A-Za-z=<>'"])(InvalidParameters|InternalServerError)\s{0,8}(parameters\.(?:InstalledNonLeafUpdateIDs|OtherCachedUpdateIDs)(?=GUID|[0-9a-f]{8}-|[\s"',.;]|$))?/gi;
const strippedMethod =
  /^(?:GUID|[0-9a-f-]{36})?[\s"']{0,8}(https?:\/\/www\.microsoft\.com\/SoftwareDistribution\/[\w/]{1,120})/i;

function stripped(text: string): Field[] {
  const fields: Field[] = [];
  for (const match of text.matchAll(strippedDetail)) {
    const [whole, errorCode = '', message] = match;
    const { index } = match;
    const after = text.slice(index + whole.length, index + whole.length + 300).trimStart();
    const method = strippedMethod.exec(after)?.[1];
    if (message === undefined && method === undefined) continue;
    const end = index + whole.length;
    const add = (name: FieldName, value: string, at = index, until = end) =>
      fields.push({ name, value, index: at, end: until, begins: name === 'errorCode' });
    add('errorCode', errorCode);
    if (message !== undefined) add('message', message);
    if (method !== undefined) {
      const at = text.indexOf(method, end);
      add('method', method, at, at + method.length);
    }
    if (/^GUID/.test(after)) add('id', 'GUID');
  }
  return fields;
}

/** Finds the fields of SOAP faults in the text of one record (its lines joined by a line feed). */
export function findFields(text: string): Field[] {
  if (!/ErrorCode|parameters\.|InternalServerError|Message|Method/i.test(text)) return [];
  const fields = labelled(text);
  return fields.some((field) => field.name === 'errorCode') ? fields : [...stripped(text), ...fields];
}
