/**
 * A value of CLIXML (MS-PSRP 2.2.5). Plain JavaScript values stand for the commonest types: string = S, boolean = B,
 * number = I32, bigint = I64, null = Nil. Every other primitive keeps its tag and text.
 */
export type ClixmlValue = string | boolean | number | bigint | null | ClixmlPrimitive | ClixmlObject;

export interface ClixmlPrimitive {
  readonly tag: string;
  readonly text: string;
}

export interface ClixmlObject {
  readonly typeNames: readonly string[];
  /** ToString: the text that a person sees. */
  readonly display?: string | undefined;
  /** The primitive inside, as an enum or a wrapped string has it. */
  readonly base?: ClixmlValue | undefined;
  /** MS: extended properties. */
  readonly extended: ReadonlyMap<string, ClixmlValue>;
  /** Props: adapted properties. */
  readonly adapted: ReadonlyMap<string, ClixmlValue>;
  /** LST, IE, QUE or STK. */
  readonly list?: readonly ClixmlValue[] | undefined;
  /** DCT */
  readonly dictionary?: readonly (readonly [ClixmlValue, ClixmlValue])[] | undefined;
}

export function isClixmlObject(value: ClixmlValue | undefined): value is ClixmlObject {
  return typeof value === 'object' && value !== null && 'typeNames' in value;
}

export function isClixmlPrimitive(value: ClixmlValue | undefined): value is ClixmlPrimitive {
  return typeof value === 'object' && value !== null && 'tag' in value;
}

const none: ReadonlyMap<string, ClixmlValue> = new Map();

/** An object with extended properties only: the shape of nearly every message. */
export function extendedObject(properties: Readonly<Record<string, ClixmlValue>>): ClixmlObject {
  return { typeNames: [], extended: new Map(Object.entries(properties)), adapted: none };
}

export function listObject(
  items: readonly ClixmlValue[],
  typeName = 'System.Collections.ArrayList',
): ClixmlObject {
  return { typeNames: [typeName, 'System.Object'], extended: none, adapted: none, list: items };
}

/** A Hashtable with keys of text. */
export function dictionaryObject(entries: Readonly<Record<string, ClixmlValue>>): ClixmlObject {
  return {
    typeNames: ['System.Collections.Hashtable', 'System.Object'],
    extended: none,
    adapted: none,
    dictionary: Object.entries(entries),
  };
}

/** An enum value: its type, its name, its number. */
export function enumObject(typeName: string, display: string, value: number): ClixmlObject {
  return {
    typeNames: [typeName, 'System.Enum', 'System.ValueType', 'System.Object'],
    display,
    base: value,
    extended: none,
    adapted: none,
  };
}

export const version = (text: string): ClixmlPrimitive => ({ tag: 'Version', text });

/** A property of an object, extended before adapted; undefined when it is not there or the value is no object. */
export function propertyOf(value: ClixmlValue | undefined, name: string): ClixmlValue | undefined {
  return isClixmlObject(value) ? (value.extended.get(name) ?? value.adapted.get(name)) : undefined;
}

/** What a person would read: the text of a primitive, ToString or the base value of an object, otherwise nothing. */
export function displayText(value: ClixmlValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (isClixmlPrimitive(value)) return value.text;
  if (isClixmlObject(value))
    return value.display ?? (isClixmlObject(value.base) ? '' : displayText(value.base));
  return String(value);
}

/** A number from I32 or from an enum object. */
export function numberOf(value: ClixmlValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return isClixmlObject(value) && typeof value.base === 'number' ? value.base : undefined;
}
