import { encodeXml, encodeXmlText } from '../xml-element.ts';
import { type ClixmlObject, type ClixmlValue, isClixmlObject, isClixmlPrimitive } from './clixml-value.ts';
import { escapeString } from './escaped-string.ts';

/** Writes one value as PSRP carries it: without declaration and without the outer `Objs`. Numbers must be 32-bit integers. */
export function serializeClixml(value: ClixmlValue): string {
  return new Serializer().value(value, '');
}

class Serializer {
  #objects = 0;
  readonly #typeNames = new Map<string, number>();

  value(value: ClixmlValue, name: string): string {
    const attribute = name === '' ? '' : ` N="${encodeXml(escapeString(name))}"`;
    if (value === null) return `<Nil${attribute}/>`;
    if (isClixmlObject(value)) return this.#object(value, attribute);
    if (isClixmlPrimitive(value)) return element(value.tag, attribute, encodeXmlText(value.text));
    switch (typeof value) {
      case 'string':
        return element('S', attribute, text(value));
      case 'boolean':
        return element('B', attribute, String(value));
      case 'bigint':
        return element('I64', attribute, String(value));
      default:
        return element('I32', attribute, String(value));
    }
  }

  #object(value: ClixmlObject, attribute: string): string {
    const refId = this.#objects++;
    const parts = [
      this.#types(value.typeNames),
      value.display === undefined ? '' : element('ToString', '', text(value.display)),
      value.base === undefined ? '' : this.value(value.base, ''),
      this.#properties('Props', value.adapted),
      this.#properties('MS', value.extended),
      value.list === undefined
        ? ''
        : element('LST', '', value.list.map((item) => this.value(item, '')).join('')),
      value.dictionary === undefined
        ? ''
        : element('DCT', '', value.dictionary.map((entry) => this.#entry(entry)).join('')),
    ];
    return `<Obj RefId="${refId}"${attribute}>${parts.join('')}</Obj>`;
  }

  #entry([key, value]: readonly [ClixmlValue, ClixmlValue]): string {
    return element('En', '', this.value(key, 'Key') + this.value(value, 'Value'));
  }

  #properties(tag: string, properties: ReadonlyMap<string, ClixmlValue>): string {
    if (properties.size === 0) return '';
    return element(tag, '', [...properties].map(([name, value]) => this.value(value, name)).join(''));
  }

  #types(names: readonly string[]): string {
    if (names.length === 0) return '';
    const key = names.join('\n');
    const known = this.#typeNames.get(key);
    if (known !== undefined) return `<TNRef RefId="${known}"/>`;
    const refId = this.#typeNames.size;
    this.#typeNames.set(key, refId);
    return element('TN', ` RefId="${refId}"`, names.map((name) => element('T', '', text(name))).join(''));
  }
}

const text = (value: string) => encodeXmlText(escapeString(value));
const element = (tag: string, attributes: string, content: string) =>
  `<${tag}${attributes}>${content}</${tag}>`;
