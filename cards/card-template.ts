import { type Element, inLanguage } from './blocks/element.ts';
import type { Card } from './card.ts';
import { translated } from './languages/catalogue.ts';
import type { Language } from './languages/language.ts';
import type { OwnText, Words } from './own-text.ts';
import { Template } from './templating.ts';

/** What a template may be filled with. Text from outside is not among it: it comes only inside an element's TextRun. */
export interface TemplateData {
  readonly [name: string]: OwnText | number | boolean | Element | readonly Element[];
}

/** The names that a template binds: `"${name}"`. Left alone, the package would send a missing one out as it stands. */
function bindingsOf(template: object): ReadonlySet<string> {
  const found = JSON.stringify(template).matchAll(/\$\{([^}]*)\}/g);
  return new Set([...found].map(([, name]) => name ?? ''));
}

type Compiled = InstanceType<typeof Template>;

/** What a template says itself, beside what it is filled with. */
function textsTranslated(template: object, language: Language): object {
  return JSON.parse(JSON.stringify(template), (name, value: unknown) =>
    name === 'text' && typeof value === 'string' ? translated(value, language) : value,
  );
}

interface Filled {
  readonly body: readonly unknown[];
}

/**
 * Compiles a template once; the function it answers fills it with `data` and, as `${summary}`, the summary, in the language that is asked for. A list of elements bound in
 * place of an element (`"${rows}"`) takes its place one by one; an empty list leaves nothing.
 * Throws when the template names a value that `data` lacks, and when `data` has one that the template does not name.
 */
export function cardTemplate<Data extends TemplateData>(
  template: object,
): (summary: Words, data: Data) => Card {
  const compiled = new Map<Language, Compiled>();
  const compiledIn = (language: Language): Compiled => {
    const known = compiled.get(language) ?? new Template(textsTranslated(template, language));
    compiled.set(language, known);
    return known;
  };
  const bindings = bindingsOf(template);
  return (summary, data) => {
    const values = { ...data, summary };
    for (const name of bindings) {
      if (!Object.hasOwn(values, name)) throw new Error(`filling a card template: no value for "${name}"`);
    }
    for (const name of Object.keys(data)) {
      if (!bindings.has(name)) throw new Error(`filling a card template: nothing binds "${name}"`);
    }
    return {
      in: (language) => {
        const filled = compiledIn(language).expand({
          $root: inLanguage(values, language) as object,
        }) as Filled;
        return { summary: summary.in(language), json: { ...filled, body: filled.body.flat() } };
      },
    };
  };
}
