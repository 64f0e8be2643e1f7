/** An answer in words of ours. They come as plain strings: the heading is held to what no client reads as Markdown, the rest stands in text runs. */
export interface ExplanationView {
  /** At most 60 characters. */
  readonly heading: string;
  /** What happened, one paragraph each. */
  readonly cause: readonly string[];
  /** Why I think so. */
  readonly why: readonly string[];
  /** What else the text tells that matters for what to do. */
  readonly notes: readonly string[];
  readonly steps: readonly string[];
  /** One after the other, one of them by what is found, or each for itself. */
  readonly order: 'in order' | 'choice' | 'any order';
  /** An address of ours, never one out of a text. */
  readonly link?: { readonly title: string; readonly url: string };
}

/** Another finding of the same text. */
export interface AlsoView {
  readonly heading: string;
  readonly count: number;
}
