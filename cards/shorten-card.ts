import { element, inLanguage } from './blocks/element.ts';
import type { RenderedCard } from './card.ts';
import { ellipsis } from './cut-text.ts';
import type { Language } from './languages/language.ts';
import { own } from './own-text.ts';

/** Characters of one text, and entries of one list: tried one after the other until the card fits. */
const cuts = [
  { text: 1_000, entries: 60 },
  { text: 300, entries: 30 },
  { text: 120, entries: 12 },
] as const;

/**
 * A card that is too long for one message, with as much of its evidence as fits: long texts end in "…", long lists end early, and
 * the last line says so. Buttons and inputs stay. Undefined when nothing helps.
 */
export function shortenCard(
  card: RenderedCard,
  language: Language,
  fits: (card: RenderedCard) => boolean,
): RenderedCard | undefined {
  for (const cut of cuts) {
    const { body, ...rest } = shortened(card.json, cut);
    const shorter = {
      summary: ellipsis(card.summary, cut.text),
      json: { ...rest, body: [...(Array.isArray(body) ? body : []), inLanguage(note, language)] },
    };
    if (fits(shorter)) return shorter;
  }
  return undefined;
}

const note = element('TextBlock', {
  text: own`Shortened: all of it is more than one message can hold.`,
  wrap: true,
  isSubtle: true,
  size: 'Small',
  spacing: 'Medium',
});

type Node = Readonly<Record<string, unknown>>;
type Cut = (typeof cuts)[number];

const shortened = (node: Node, cut: Cut): Node =>
  Object.fromEntries(Object.entries(node).map(([name, value]) => [name, shortenedValue(name, value, cut)]));

/** What a person reads; everything else, data of a button or an address, must stay as it is. */
const texts = new Set(['text', 'speak', 'fallbackText']);

const shortenedValue = (name: string, value: unknown, cut: Cut): unknown => {
  if (typeof value === 'string') return texts.has(name) ? ellipsis(value, cut.text) : value;
  if (Array.isArray(value)) {
    const kept = value.filter((entry, index) => index < cut.entries || holdsControl(entry));
    return kept.map((entry) => (isNode(entry) ? shortened(entry, cut) : entry));
  }
  return isNode(value) ? shortened(value, cut) : value;
};

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Something to press or to fill in, or shown by a press. */
const holdsControl = (value: unknown): boolean =>
  isNode(value) &&
  ((typeof value.type === 'string' && /^(Action|Input)\b/.test(value.type)) ||
    value.id !== undefined ||
    Object.values(value).some(holdsControl));
