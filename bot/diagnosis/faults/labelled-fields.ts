import type { Field, FieldName } from './fault-fields.ts';

/**
 * An element's beginning with any prefix, a name before = or : (which lost line ends glue to the word before), or the words that begin
 * a rendering: a SOAP fault, its detail,
 * the server's ThrowException (whose column may be glued to the one before), an agent's heading.
 */
const label =
  /(?<![=:])<(?:[\w.-]{1,20}:)?(ErrorCode|Message|ID|Method|faultactor)(?:\s[^<>]{0,200})?>|(?:\b|(?=ErrorCode:In|Message:parameters\.|Method:"http))(ErrorCode|Message|ID|Method|Actor|Client)["']?\s{0,4}[=:]|<(?:[\w.-]{1,20}:)?(Fault)(?:\s[^<>]{0,400})?>|(\bThrowException\b|ThrowException(?=\s{0,4}:)|<(?:[\w.-]{1,20}:)?detail\b|\bSoap fault detail\b|\bSOAP Fault:\s{0,4}0x)/gi;
const properties: Readonly<Record<string, FieldName>> = {
  errorcode: 'errorCode',
  message: 'message',
  id: 'id',
  method: 'method',
  actor: 'actor',
  faultactor: 'actor',
  client: 'client',
};
const longestValue = 600;

/** A chat may have made an address inside an element a link of its own. */
function element(text: string): string {
  const end = text.indexOf('<');
  if (end < 0) return text;
  const link = /^["'\s]{0,8}<(https?:\/\/[^\s<>|"']{1,400})/i.exec(text);
  return link ? text.slice(0, link[0].length) : text.slice(0, end);
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

/** The name of a parameter is one word: what follows it in the same line is other text. */
const messageThenText = /^(parameters\.\w{1,80})(?=\.?(?:[ \t;)\]}"']|$))/i;

function clean(value: string, name: FieldName): string {
  const joined = value.replace(/[\r\n]/g, '').trim();
  if (name === 'message') {
    const bare = joined.replace(/^['"]|['"]$/g, '').trim();
    return bare.toLowerCase() === '(null)' ? '' : (messageThenText.exec(bare)?.[1] ?? bare);
  }
  const [word = ''] = joined
    .replace(/^[\s"'\\<]{0,8}\[(?=http)([^\]]{1,400})\].*$/i, '$1')
    .replace(/^[\s"'\\<]{1,8}/, '')
    .split(/\s/, 1);
  const bare = word.replace(/[\s"'\\>.;)]{1,8}$/, '');
  return name === 'errorCode' ? bare.replace(/\(\d{1,9}$/, '') : bare;
}

/** Web services of Windows have errorCode=0x803d0013: a number, which says nothing of WSUS. */
const isNumber = (value: string): boolean => /^(?:0x|-?\d)/i.test(value);

/** Finds the fields that are named in the text: elements, `name=value`, `name:value`. */
export function labelledFields(text: string): Field[] {
  const fields: Field[] = [];
  const matches = [...text.matchAll(label)];
  let marker: number | undefined;
  let isInFault = false;
  for (const [position, match] of matches.entries()) {
    const written = match[1] ?? match[2];
    const name = written === undefined ? undefined : properties[written.toLowerCase()];
    if (name === undefined) {
      // The envelope's actor stands before its detail, and belongs to it.
      if (!isInFault) marker ??= match.index;
      isInFault = match[3] !== undefined;
      continue;
    }
    const start = match.index + match[0].length;
    const end = Math.min(matches[position + 1]?.index ?? text.length, start + longestValue);
    const rest = text.slice(start, end);
    const value = match[1] === undefined ? assignment(rest, name) : element(rest);
    const read = clean(value, name);
    if (name === 'errorCode' && isNumber(read)) continue;
    fields.push({
      name,
      value: read,
      index: marker ?? match.index,
      end: start + value.trimEnd().length,
      begins: marker !== undefined,
    });
    marker = undefined;
  }
  return fields;
}
