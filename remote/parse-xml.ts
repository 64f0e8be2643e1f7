import { ProtocolError } from './protocol-error.ts';
import type { XmlElement } from './xml-element.ts';

/** As PowerShell and WS-Management nest them, with room. */
const deepest = 100;
const name = String.raw`[:_\p{L}][-.:_\u00B7\p{L}\p{N}\p{M}]*`;
const startTag = new RegExp(`<(${name})`, 'uy');
const attribute = new RegExp(String.raw`[ \t\n]+(${name})[ \t\n]*=[ \t\n]*(?:"([^"<]*)"|'([^'<]*)')`, 'uy');
const declaration = /^<\?xml[ \t\n][^<>?]*\?>/;
const startTagEnd = /[ \t\n]*(\/?)>/y;
const blank = /^[ \t\n]*$/;
const endTag = new RegExp(String.raw`</(${name})[ \t\n]*>`, 'uy');

/**
 * Parses a document that came from outside: no DTD and no processing instruction, as SOAP has it, only the five predefined entities and
 * character references, no more than 100 levels.
 * All that a server says goes through here, most of it twice. So it looks for the next mark-up and not at every character, which is a tenth of
 * the work of a parser for every kind of XML.
 * @throws ProtocolError
 */
export function parseXml(text: string, doing: string): XmlElement {
  return new XmlReader(text, doing).document();
}

type Building = { -readonly [Key in keyof XmlElement]: XmlElement[Key] };

/** An element whose end has not been read yet. */
interface OpenElement {
  /** With its prefix, as the end tag must repeat it. */
  readonly qualified: string;
  readonly element: Building;
  readonly children: XmlElement[];
}

const noAttributes: ReadonlyMap<string, string> = new Map();

class XmlReader {
  readonly #source: string;
  readonly #doing: string;
  readonly #open: OpenElement[] = [];
  #root: XmlElement | undefined;
  #at = 0;

  constructor(text: string, doing: string) {
    const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
    this.#source = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
    this.#at = declaration.exec(this.#source)?.[0].length ?? 0;
    this.#doing = doing;
  }

  document(): XmlElement {
    const source = this.#source;
    while (this.#at < source.length) {
      const next = source.indexOf('<', this.#at);
      const end = next === -1 ? source.length : next;
      if (end > this.#at) this.#text(this.#decoded(source.slice(this.#at, end)));
      this.#at = end;
      if (next !== -1) this.#markup();
    }
    if (this.#root === undefined || this.#open.length > 0) throw this.#malformed('not well-formed XML');
    return this.#root;
  }

  #markup(): void {
    const isHere = (mark: string): boolean => this.#source.startsWith(mark, this.#at);
    if (isHere('</')) this.#endTag();
    else if (isHere('<?')) throw this.#malformed('a processing instruction');
    else if (isHere('<!--')) this.#through('<!--', '-->');
    else if (isHere('<![CDATA[')) this.#data(this.#through('<![CDATA[', ']]>'));
    else if (isHere('<!')) throw this.#malformed('a DTD');
    else this.#startTag();
  }

  #startTag(): void {
    const qualified = this.#match(startTag)?.[1];
    if (qualified === undefined) throw this.#malformed('not well-formed XML');
    const parent = this.#open.at(-1);
    if (parent === undefined && this.#root !== undefined) throw this.#malformed('not one root element');
    if (this.#open.length >= deepest) throw this.#malformed('too many levels');
    const children: XmlElement[] = [];
    const attributes = this.#attributes();
    const element: Building = { name: localName(qualified), attributes, children, text: '' };
    const [, isEmpty] = this.#match(startTagEnd) ?? [];
    if (isEmpty === undefined) throw this.#malformed('not well-formed XML');
    if (parent === undefined) this.#root = element;
    else parent.children.push(element);
    if (isEmpty === '') this.#open.push({ qualified, element, children });
  }

  #attributes(): ReadonlyMap<string, string> {
    let match = this.#match(attribute);
    if (match === undefined) return noAttributes;
    const attributes = new Map<string, string>();
    const seen = new Set<string>();
    for (; match !== undefined; match = this.#match(attribute)) {
      const [, qualified = '', quoted, apostrophed] = match;
      if (seen.has(qualified)) throw this.#malformed('an attribute twice');
      seen.add(qualified);
      const value = this.#decoded(quoted ?? apostrophed ?? '');
      if (qualified !== 'xmlns' && !qualified.startsWith('xmlns:'))
        attributes.set(localName(qualified), value);
    }
    return attributes;
  }

  #endTag(): void {
    const qualified = this.#match(endTag)?.[1];
    if (qualified === undefined || this.#open.pop()?.qualified !== qualified)
      throw this.#malformed('not well-formed XML');
  }

  #text(text: string): void {
    if (this.#open.length > 0 || !blank.test(text)) this.#data(text);
  }

  #data(text: string): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) throw this.#malformed('text outside the root element');
    parent.element.text += text;
  }

  /** What is between the two marks, of which the first is here. Goes on behind the second. */
  #through(first: string, last: string): string {
    const start = this.#at + first.length;
    const end = this.#source.indexOf(last, start);
    if (end === -1) throw this.#malformed('not well-formed XML');
    this.#at = end + last.length;
    return this.#source.slice(start, end);
  }

  #match(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.#at;
    const match = form.exec(this.#source);
    if (match === null) return undefined;
    this.#at = form.lastIndex;
    return match;
  }

  #decoded(text: string): string {
    return text.includes('&')
      ? text.replace(/&(?:(#?\w{1,8});)?/g, (_whole, entity = '') => this.#character(entity))
      : text;
  }

  #character(entity: string): string {
    const known = entities.get(entity);
    if (known !== undefined) return known;
    const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(entity) ?? [];
    const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16);
    if (!(code <= 0x10ffff)) throw this.#malformed('an unknown entity');
    return String.fromCodePoint(code);
  }

  #malformed(detail: string): ProtocolError {
    return new ProtocolError('protocol.malformed', this.#doing, detail);
  }
}

const localName = (qualified: string): string => qualified.slice(qualified.indexOf(':') + 1);

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
