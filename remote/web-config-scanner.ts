interface ScannedAttribute {
  readonly name: string;
  /** As written, references not resolved. */
  readonly value: string;
  /** Index of the first character inside the quotes. */
  readonly valueIndex: number;
}

export interface ScannedElement {
  /** Names from the root to the element itself. */
  readonly path: readonly string[];
  readonly attributes: readonly ScannedAttribute[];
  readonly index: number;
}

export type Scan =
  | { readonly ok: true; readonly elements: readonly ScannedElement[]; readonly comments: readonly string[] }
  | { readonly ok: false; readonly code: 'malformed' | 'dtd'; readonly index: number };

const name = /[\p{L}_:][\p{L}\p{N}\p{M}_:.\-·]*/uy;
const attribute =
  /[ \t\r\n]+([\p{L}_:][\p{L}\p{N}\p{M}_:.\-·]*)[ \t\r\n]*=[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')/uy;
const startTagEnd = /[ \t\r\n]*(\/?)>/y;
const endTag = /<\/([\p{L}_:][\p{L}\p{N}\p{M}_:.\-·]*)[ \t\r\n]*>/uy;
const instruction = /<\?([\p{L}_:][\p{L}\p{N}\p{M}_:.\-·]*)(?=[ \t\r\n?])/uy;
const blank = /^[ \t\r\n]*$/;
/** Without a DTD only these references are well formed (XML 1.0 §4.1). */
const wrongReference = /&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)/;

class NotWellFormed extends Error {
  readonly index: number;
  readonly code: 'malformed' | 'dtd';
  constructor(index: number, code: 'malformed' | 'dtd' = 'malformed') {
    super(code);
    this.index = index;
    this.code = code;
  }
}

/** One pass over a document that remembers where everything stands. */
class Scanner {
  readonly elements: ScannedElement[] = [];
  readonly comments: string[] = [];
  private readonly open: string[] = [];
  private readonly text: string;
  private index = 0;

  constructor(text: string) {
    this.text = text;
  }

  run(): void {
    while (this.index < this.text.length) {
      const { text, index } = this;
      if (text[index] !== '<') this.characters();
      else if (text.startsWith('<!--', index)) this.comment();
      else if (text.startsWith('<![CDATA[', index)) this.cdata();
      else if (text.startsWith('<!', index)) this.declaration();
      else if (text.startsWith('<?', index)) this.instruction();
      else if (text.startsWith('</', index)) this.endTag();
      else this.startTag();
    }
    if (this.open.length > 0 || this.elements.length === 0) throw new NotWellFormed(this.index);
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.index;
    return pattern.exec(this.text);
  }

  private demand(pattern: RegExp): RegExpExecArray {
    const match = this.match(pattern);
    if (match === null) throw new NotWellFormed(this.index);
    this.index += match[0].length;
    return match;
  }

  private until(end: string, from: number): string {
    const at = this.text.indexOf(end, from);
    if (at < 0) throw new NotWellFormed(this.index);
    this.index = at + end.length;
    return this.text.slice(from, at);
  }

  private characters(): void {
    const next = this.text.indexOf('<', this.index);
    const end = next < 0 ? this.text.length : next;
    const content = this.text.slice(this.index, end);
    if (this.open.length === 0 && !blank.test(content)) throw new NotWellFormed(this.index);
    if (content.includes(']]>') || wrongReference.test(content)) throw new NotWellFormed(this.index);
    this.index = end;
  }

  private comment(): void {
    const start = this.index;
    const content = this.until('-->', start + 4);
    if (content.includes('--') || content.endsWith('-')) throw new NotWellFormed(start);
    this.comments.push(content);
  }

  private cdata(): void {
    if (this.open.length === 0) throw new NotWellFormed(this.index);
    this.until(']]>', this.index + 9);
  }

  private declaration(): void {
    throw new NotWellFormed(this.index, this.text.startsWith('<!DOCTYPE', this.index) ? 'dtd' : 'malformed');
  }

  private instruction(): void {
    const start = this.index;
    const target = this.demand(instruction)[1] ?? '';
    if (target.toLowerCase() === 'xml' && start !== 0) throw new NotWellFormed(start);
    this.until('?>', this.index);
  }

  private endTag(): void {
    const start = this.index;
    if (this.demand(endTag)[1] !== this.open.pop()) throw new NotWellFormed(start);
  }

  private startTag(): void {
    const start = this.index;
    this.index += 1;
    const tag = this.demand(name)[0];
    if (this.open.length === 0 && this.elements.length > 0) throw new NotWellFormed(start);
    const attributes = this.attributes();
    const closed = this.demand(startTagEnd)[1] === '/';
    this.elements.push({ path: [...this.open, tag], attributes, index: start });
    if (!closed) this.open.push(tag);
    if (this.open.length > 100) throw new NotWellFormed(start);
  }

  private attributes(): ScannedAttribute[] {
    const attributes: ScannedAttribute[] = [];
    const names = new Set<string>();
    for (let match = this.match(attribute); match !== null; match = this.match(attribute)) {
      const attributeName = match[1] ?? '';
      const value = match[2] ?? match[3] ?? '';
      if (names.has(attributeName) || wrongReference.test(value)) throw new NotWellFormed(this.index);
      names.add(attributeName);
      this.index += match[0].length;
      attributes.push({ name: attributeName, value, valueIndex: this.index - 1 - value.length });
    }
    return attributes;
  }
}

/** Finds every element of a document with its place, and whether the document is well formed (XML 1.0, no DTD, depth 100). */
export function scanXml(text: string): Scan {
  const scanner = new Scanner(text);
  try {
    scanner.run();
  } catch (error) {
    if (error instanceof NotWellFormed) return { ok: false, code: error.code, index: error.index };
    throw error;
  }
  return { ok: true, elements: scanner.elements, comments: scanner.comments };
}
