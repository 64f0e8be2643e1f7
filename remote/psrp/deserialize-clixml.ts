import { ProtocolError } from '../protocol-error.ts';
import { parseXml, type XmlElement } from '../xml-element.ts';
import type { ClixmlValue } from './clixml-value.ts';
import { unescapeString } from './escaped-string.ts';

/** Reads one value; a surrounding `Objs` with one child is accepted. @throws ProtocolError */
export function deserializeClixml(source: string): ClixmlValue {
  const root = parseXml(source, doing);
  if (root.name !== 'Objs') return new Deserializer().value(root);
  const [only] = root.children;
  if (only === undefined || root.children.length > 1) throw malformed('not one object');
  return new Deserializer().value(only);
}

const doing = 'reading CLIXML';
const malformed = (detail: string) => new ProtocolError('protocol.malformed', doing, detail);

type OpenObject = {
  typeNames: readonly string[];
  display?: string;
  base?: ClixmlValue;
  extended: ReadonlyMap<string, ClixmlValue>;
  adapted: ReadonlyMap<string, ClixmlValue>;
  list?: readonly ClixmlValue[];
  dictionary?: readonly (readonly [ClixmlValue, ClixmlValue])[];
};

class Deserializer {
  readonly #objects = new Map<string, OpenObject>();
  readonly #typeNames = new Map<string, readonly string[]>();

  value(element: XmlElement): ClixmlValue {
    const { name, text } = element;
    switch (name) {
      case 'Obj':
        return this.#object(element);
      case 'Ref':
        return this.#reference(element);
      case 'Nil':
        return null;
      case 'S':
        return unescapeString(text);
      case 'B':
        if (text !== 'true' && text !== 'false') throw malformed('a boolean');
        return text === 'true';
      case 'I32':
        return Number(integer(text, 32));
      case 'I64':
        return integer(text, 64);
      default:
        return { tag: name, text: unescapeString(text) };
    }
  }

  #reference(element: XmlElement): ClixmlValue {
    const target = this.#objects.get(element.attributes.get('RefId') ?? '');
    if (target === undefined) throw malformed('a reference to nothing');
    return target;
  }

  #object(element: XmlElement): ClixmlValue {
    const object: OpenObject = { typeNames: [], extended: new Map(), adapted: new Map() };
    const refId = element.attributes.get('RefId');
    if (refId !== undefined) this.#objects.set(refId, object);
    for (const part of element.children) this.#part(object, part);
    return object;
  }

  #part(object: OpenObject, part: XmlElement): void {
    switch (part.name) {
      case 'TN':
        object.typeNames = part.children.map((type) => unescapeString(type.text));
        this.#typeNames.set(part.attributes.get('RefId') ?? '', object.typeNames);
        break;
      case 'TNRef':
        object.typeNames = this.#typeNames.get(part.attributes.get('RefId') ?? '') ?? [];
        break;
      case 'ToString':
        object.display = unescapeString(part.text);
        break;
      case 'MS':
        object.extended = this.#properties(part);
        break;
      case 'Props':
        object.adapted = this.#properties(part);
        break;
      case 'LST':
      case 'IE':
      case 'QUE':
      case 'STK':
        object.list = part.children.map((item) => this.value(item));
        break;
      case 'DCT':
        object.dictionary = part.children.map((entry) => this.#entry(entry));
        break;
      default:
        object.base = this.value(part);
    }
  }

  #properties(part: XmlElement): ReadonlyMap<string, ClixmlValue> {
    return new Map(
      part.children.map((property) => [
        unescapeString(property.attributes.get('N') ?? ''),
        this.value(property),
      ]),
    );
  }

  #entry(entry: XmlElement): readonly [ClixmlValue, ClixmlValue] {
    const [key, value] = entry.children;
    if (key === undefined || value === undefined) throw malformed('a dictionary entry');
    return [this.value(key), this.value(value)];
  }
}

function integer(text: string, bits: number): bigint {
  if (!/^-?\d{1,20}$/.test(text)) throw malformed('an integer');
  const value = BigInt(text);
  if (BigInt.asIntN(bits, value) !== value) throw malformed('an integer out of range');
  return value;
}
