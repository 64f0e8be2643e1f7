import type { Field, FieldName } from './fault-fields.ts';

/** What is left of `<detail>…</detail>` when a chat client took the tags away. */
const detail =
  /(InvalidParameters|InternalServerError|InvalidAuthorizationCookie|InvalidCookie|CookieExpired|ConfigChanged|ServerChanged|ServerBusy|RegistrationRequired|RegistrationNotRequired|FileLocationChanged)\s{0,100}(parameters\.[A-Za-z]{1,60}?(?=GUID|[0-9a-f]{8}-|[\s"',.;]|$))?/gi;
const rest =
  /^(GUID|[0-9a-f]{8}-[0-9a-f-]{27})?[\s"']{0,100}(https?:\/\/www\.microsoft\.com\/SoftwareDistribution\/[\w/]{1,120})?/i;

/** The words of another element may be glued to it ("Fault occurredInvalidParameters"); a longer word or a quoted value is none. */
function standsAlone(text: string, index: number): boolean {
  const before = text[index - 1] ?? ' ';
  if (/[a-z)]/.test(before)) return /[A-Z]/.test(text[index] ?? '');
  return !/[A-Z=<>'"]/.test(before);
}

/** Finds the fields whose names are gone: ErrorCode, Message, ID and Method in that order, with or without blanks between. */
export function strippedFields(text: string): Field[] {
  const fields: Field[] = [];
  for (const match of text.matchAll(detail)) {
    const [whole, errorCode = '', message] = match;
    const { index } = match;
    if (!standsAlone(text, index)) continue;
    const end = index + whole.length;
    const from = text.slice(end, end + 600);
    const blanks = from.length - from.trimStart().length;
    const [, id, method] = rest.exec(from.trimStart()) ?? [];
    if (message === undefined && method === undefined) continue;
    const add = (name: FieldName, value: string, at = index, until = end) =>
      fields.push({ name, value, index: at, end: until, begins: name === 'errorCode' });
    add('errorCode', errorCode);
    if (message !== undefined) add('message', message);
    if (method !== undefined) {
      const at = text.indexOf(method, end);
      add('method', method, at, at + method.length);
    }
    if (id !== undefined) add('id', id, end + blanks, end + blanks + id.length);
  }
  return fields;
}
