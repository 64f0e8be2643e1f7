import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ProtocolError } from './protocol-error.ts';

/** An element by its local name; prefixes and namespace declarations are dropped. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The element's own text, entities resolved, child elements left out. */
  readonly text: string;
}

/** What fast-xml-parser answers with `preserveOrder`: one key names the node, `:@` holds attributes. */
type OrderedNode = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  cdataPropName: '#cdata',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/**
 * Parses a document that came from outside: no DTD, only the five predefined entities and character references.
 * @throws ProtocolError
 */
export function parseXml(text: string, doing: string): XmlElement {
  const malformed = (detail: string) => new ProtocolError('protocol.malformed', doing, detail);
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (/<!DOCTYPE/i.test(source)) throw malformed('a DTD');
  if (XMLValidator.validate(source) !== true) throw malformed('not well-formed XML');
  let nodes: OrderedNode[];
  try {
    nodes = parser.parse(source) as OrderedNode[];
  } catch {
    throw malformed('not well-formed XML');
  }
  const roots = nodes.filter((node) => !('#text' in node)).map((node) => toElement(node, malformed));
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw malformed('not one root element');
  return root;
}

function toElement(node: OrderedNode, malformed: (detail: string) => ProtocolError): XmlElement {
  const key = Object.keys(node).find((name) => name !== ':@') as string;
  const content = node[key] as readonly OrderedNode[];
  const attributes = new Map<string, string>();
  for (const [name, value] of Object.entries((node[':@'] ?? {}) as Record<string, string>)) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:'))
      attributes.set(localName(name), decodeEntities(value, malformed));
  }
  const children: XmlElement[] = [];
  let text = '';
  for (const child of content) {
    if ('#text' in child) text += decodeEntities(String(child['#text']), malformed);
    else if ('#cdata' in child)
      text += (child['#cdata'] as readonly OrderedNode[]).map((part) => part['#text']).join('');
    else children.push(toElement(child, malformed));
  }
  return { name: localName(key), attributes, children, text };
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1);

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string, malformed: (detail: string) => ProtocolError): string {
  return text.replace(/&(?:([^;]{1,12});)?/g, (_whole, name = '') => {
    const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const code =
      number === null ? undefined : Number.parseInt(number[1] ?? number[2] ?? '', number[1] ? 16 : 10);
    const value =
      code === undefined ? entities[name] : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
    if (value === undefined) throw malformed('an unknown entity');
    return value;
  });
}

/** The first child with this local name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** The first element with this local name, depth first, the element itself included. */
export function findElement(element: XmlElement, name: string): XmlElement | undefined {
  if (element.name === name) return element;
  for (const child of element.children) {
    const found = findElement(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Text or attribute value with the characters that XML reserves as entities. */
export function encodeXml(text: string): string {
  return text.replace(/[&<>"'\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text of an element. Quotes stay, as .NET writes them too: JSON in it then needs next to no entities. */
export function encodeXmlText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
