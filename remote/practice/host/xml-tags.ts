import { NotEditable } from './config-encoding.ts';

export interface Attribute {
  readonly name: string;
  /** As written between the quotes, references undecoded. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

export interface Tag {
  readonly kind: 'open' | 'close' | 'empty';
  readonly name: string;
  readonly attributes: readonly Attribute[];
}

const malformed = 'the file is not well-formed XML';
const nameAt = /[A-Za-z_\u0080-\uffff][\w.:\u0080-\uffff-]*/y;
const attributeAt = /\s+([A-Za-z_\u0080-\uffff][\w.:\u0080-\uffff-]*)\s*=\s*(["'])/y;
const tagEnd = /\s*(\/?)>/y;

/** The tags of a document in order, with positions. Comments, CDATA and processing instructions are passed over; a DTD is refused. */
export function* tags(text: string): Generator<Tag> {
  let at = 0;
  for (;;) {
    const start = text.indexOf('<', at);
    if (start < 0) return;
    if (text.startsWith('<!--', start)) at = after(text, '-->', start + 4);
    else if (text.startsWith('<![CDATA[', start)) at = after(text, ']]>', start + 9);
    else if (text.startsWith('<?', start)) at = after(text, '?>', start + 2);
    else if (text.startsWith('<!', start)) throw new NotEditable('the file has a document type');
    else {
      const read = text[start + 1] === '/' ? closingTag(text, start + 2) : startTag(text, start + 1);
      at = read.next;
      yield read.tag;
    }
  }
}

interface Read {
  readonly tag: Tag;
  readonly next: number;
}

function closingTag(text: string, at: number): Read {
  const name = nameFrom(text, at);
  const end = matchAt(tagEnd, text, at + name.length);
  if (end === null || end[1] === '/') throw new NotEditable(malformed);
  return { tag: { kind: 'close', name, attributes: [] }, next: tagEnd.lastIndex };
}

function startTag(text: string, at: number): Read {
  const name = nameFrom(text, at);
  const attributes: Attribute[] = [];
  let next = at + name.length;
  for (;;) {
    const end = matchAt(tagEnd, text, next);
    if (end !== null) {
      return { tag: { kind: end[1] === '/' ? 'empty' : 'open', name, attributes }, next: tagEnd.lastIndex };
    }
    const begin = matchAt(attributeAt, text, next);
    const [, attribute, quote] = begin ?? [];
    if (attribute === undefined || quote === undefined) throw new NotEditable(malformed);
    const start = attributeAt.lastIndex;
    next = after(text, quote, start);
    const raw = text.slice(start, next - 1);
    if (raw.includes('<') || attributes.some((other) => other.name === attribute))
      throw new NotEditable(malformed);
    attributes.push({ name: attribute, raw, start, end: next - 1 });
  }
}

function nameFrom(text: string, at: number): string {
  const name = matchAt(nameAt, text, at)?.[0];
  if (name === undefined) throw new NotEditable(malformed);
  return name;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  if (found < 0) throw new NotEditable(malformed);
  return found + mark.length;
}
