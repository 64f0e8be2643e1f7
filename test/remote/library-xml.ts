import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { XmlElement } from '../../remote/xml-element.ts';

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
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** The document as fast-xml-parser reads it, which knows every kind of XML; undefined when it refuses it. */
export function libraryXml(text: string): XmlElement | undefined {
  if (XMLValidator.validate(text) !== true) return undefined;
  const [root] = (parser.parse(text) as OrderedNode[]).filter((node) => !('#text' in node));
  return root && elementOf(root);
}

function elementOf(node: OrderedNode): XmlElement {
  const qualified = Object.keys(node).find((name) => name !== ':@') ?? '';
  const content = node[qualified] as readonly OrderedNode[];
  const attributes = Object.entries((node[':@'] ?? {}) as Readonly<Record<string, string>>)
    .filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
    .map(([name, value]) => [localName(name), value] as const);
  const isText = (child: OrderedNode) => '#text' in child || '#cdata' in child;
  return {
    name: localName(qualified),
    attributes: new Map(attributes),
    children: content.filter((child) => !isText(child)).map(elementOf),
    text: content.filter(isText).map(textOf).join(''),
  };
}

const textOf = (node: OrderedNode): string =>
  '#text' in node
    ? String(node['#text'])
    : (node['#cdata'] as readonly OrderedNode[]).map((part) => part['#text']).join('');

const localName = (qualified: string): string => qualified.slice(qualified.indexOf(':') + 1);
