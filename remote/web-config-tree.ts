import { isDeepStrictEqual } from 'node:util';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** A node as fast-xml-parser gives it with `preserveOrder`: its children under its name, its attributes under ':@'. */
export type TreeNode = { [key: string]: TreeNode[] | Record<string, string> | string };

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  commentPropName: '#comment',
  cdataPropName: '#cdata',
});

/** @returns the document as a tree, or undefined when fast-xml-parser does not find it well formed. */
export function parseTree(text: string): TreeNode[] | undefined {
  if (XMLValidator.validate(text, { allowBooleanAttributes: false }) !== true) return undefined;
  try {
    return parser.parse(text) as TreeNode[];
  } catch {
    return undefined;
  }
}

function childrenNamed(nodes: readonly TreeNode[], name: string): TreeNode[][] {
  return nodes.flatMap((node) => (Array.isArray(node[name]) ? [node[name]] : []));
}

function attributesOf(node: TreeNode): Record<string, string> {
  const attributes = node[':@'];
  return typeof attributes === 'object' && !Array.isArray(attributes) ? attributes : {};
}

function settingsWithKey(tree: readonly TreeNode[], key: string): Record<string, string>[] {
  return childrenNamed(tree, 'configuration')
    .flatMap((configuration) => childrenNamed(configuration, 'appSettings'))
    .flat()
    .filter((node) => 'add' in node)
    .map(attributesOf)
    .filter((attributes) => attributes['@key'] === key);
}

/** @returns the values of configuration/appSettings/add with this key, as written. */
export function valuesOf(tree: readonly TreeNode[], key: string): (string | undefined)[] {
  return settingsWithKey(tree, key).map((attributes) => attributes['@value']);
}

/** @returns whether the second document is the first with these values and nothing else changed. */
export function differsOnlyIn(
  before: string,
  after: string,
  values: readonly { readonly key: string; readonly value: string }[],
): boolean {
  const expected = parseTree(before);
  const found = parseTree(after);
  if (expected === undefined || found === undefined) return false;
  for (const { key, value } of values) {
    for (const attributes of settingsWithKey(expected, key)) attributes['@value'] = value;
  }
  return isDeepStrictEqual(found, expected);
}
