import type { StateWord } from '../blocks/strip.ts';
import type { OwnText } from '../own-text.ts';

/** A piece of a notice: our words, a name, names of which one is enough, somebody's own words, something to type. */
export type Word =
  | OwnText
  | { readonly name: string }
  | { readonly anyOf: readonly string[] }
  | { readonly allOf: readonly string[] }
  | { readonly quote: string }
  | { readonly typed: string };

/** What a notice says: what is true, why, and what to do next. `state` left out: not done. */
export interface NoticeWords {
  readonly state?: StateWord;
  readonly heading: OwnText;
  readonly reason: readonly Word[];
  readonly next: readonly Word[];
  /** Address of the personal chat with the bot, ours: a button opens it. */
  readonly personalChat?: string;
}
