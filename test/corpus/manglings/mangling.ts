import type fc from 'fast-check';

/** Something that happens to a text on its way into a chat. */
export interface Mangling {
  readonly name: string;
  /** A person still reads every field afterwards. */
  readonly readable: boolean;
  readonly change: fc.Arbitrary<(text: string) => string>;
}
