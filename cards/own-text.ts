declare const ownBrand: unique symbol;

/** Words that are ours: constants of this folder and numbers. The only text that may stand where a client reads Markdown. */
export type OwnText = string & { readonly [ownBrand]: true };

/** Our words: a literal whose gaps take numbers and other own text, never a plain string. */
export function own(words: TemplateStringsArray, ...values: readonly (OwnText | number)[]): OwnText {
  // The one place where own text is made: a tagged literal is written in our sources.
  return String.raw({ raw: words }, ...values) as OwnText;
}

/** Parts one after the other. */
export function joined(parts: readonly OwnText[], between: OwnText = own``): OwnText {
  return parts.slice(1).reduce((text, part) => own`${text}${between}${part}`, parts[0] ?? own``);
}

/** Words of another folder of ours, such as a heading: held to letters, digits and the signs of a sentence, so that no client reads Markdown in them. */
export function plainWords(text: string): OwnText {
  const plain = text.replace(/[^\p{L}\p{N} .,:;?()“”’…-]+/gu, ' ').replace(/^[ -]+|(?<=\d)\.(?= )/g, '');
  return plain.replace(/ {2,}/g, ' ').trim() as OwnText;
}
