import type { Element } from './blocks/element.ts';
import type { Card } from './card.ts';
import type { OwnText } from './own-text.ts';
import { GlobalSettings, Template } from './templating.ts';

/** What a template may be filled with. Text from outside is not among it: it comes only inside an element's TextRun. */
export interface TemplateData {
  readonly [name: string]: OwnText | number | boolean | Element | readonly Element[];
}

// The setting is process-wide; only this folder uses the package. Without it a missing value leaves as a literal "${name}".
GlobalSettings.getUndefinedFieldValueSubstitutionString = (path: string) => {
  throw new Error(`filling a card template: no value for "${path}"`);
};

/**
 * Compiles a template once; the function it answers fills it with `data` and, as `${summary}`, the summary. A list of elements bound in
 * place of an element (`"${rows}"`) takes its place one by one; an empty list leaves nothing.
 * Throws when the template names a value that `data` lacks.
 */
export function cardTemplate<Data extends TemplateData>(
  template: object,
): (summary: string, data: Data) => Card {
  const compiled = new Template(template);
  return (summary, data) => {
    const filled = compiled.expand({ $root: { ...data, summary } }) as { readonly body: readonly unknown[] };
    return { summary, json: { ...filled, body: filled.body.flat() } };
  };
}
