import type { Language } from '../languages/language.ts';

/** An Adaptive Card element made by one of the builders of this folder; its texts are `Words`. */
export interface Element {
  readonly type: string;
  readonly [property: string]: unknown;
}

export type Spacing = 'None' | 'Small' | 'Default' | 'Medium';

/** The properties without those that are undefined. */
export function element(type: string, properties: Readonly<Record<string, unknown>>): Element {
  const kept = Object.entries(properties).filter(([, value]) => value !== undefined);
  return { type, ...Object.fromEntries(kept) };
}

/** An element that is laid out when its language is known, since a text's length decides. */
export function laidOut(inLanguage: (language: Language) => Element): Element {
  return { type: 'LaidOut', in: inLanguage };
}

/** The same in one language: every text in it a string, every `laidOut` element in its place. */
export function inLanguage(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((entry) => inLanguage(entry, language));
  if (typeof value !== 'object' || value === null) return value;
  if ('in' in value && typeof value.in === 'function') return inLanguage(value.in(language), language);
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, inLanguage(entry, language)]),
  );
}

export function container(
  items: readonly Element[],
  properties: {
    readonly spacing?: Spacing;
    readonly separator?: true;
    readonly style?: 'emphasis';
    readonly bleed?: true;
    readonly id?: string;
    readonly isVisible?: false;
    readonly selectAction?: Element;
  } = {},
): Element {
  return element('Container', { ...properties, items });
}
