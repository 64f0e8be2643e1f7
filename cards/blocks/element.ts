/** An Adaptive Card element made by one of the builders of this folder. */
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
