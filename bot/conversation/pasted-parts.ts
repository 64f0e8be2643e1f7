import type { PostedCard } from '../changes/place.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';

/** Text that a person sent in several messages, and the answer to it so far. */
export interface Pasted {
  /** In the order in which they came. */
  readonly parts: readonly string[];
  readonly diagnosis: Diagnosis;
  readonly answer: AnswerSoFar;
}

/** The message that holds the answer. */
export interface AnswerSoFar {
  /** Not known until it was sent. */
  posted: PostedCard | undefined;
  /** Another answer stands for all of it: this one is to say so. */
  isReplaced: boolean;
}

/** What people pasted lately, for a few minutes in the memory of this process and nowhere else. */
export interface PastedParts {
  /** What this person pasted there just before. */
  lately(key: string): Pasted | undefined;
  keep(key: string, pasted: Pasted): void;
  forget(key: string): void;
  /** Gives back the memory of what is too old. */
  forgetOld(): void;
}

export interface PastedLimits {
  /** How long the next part may take, milliseconds. */
  readonly within: number;
  /** UTF-16 code units of all parts of one text. */
  readonly longest: number;
  /** Texts that are kept at the same time. */
  readonly texts: number;
  /** UTF-16 code units of all that is kept. */
  readonly all: number;
}

/** UTF-16 code units of all parts of one text: a longer one is a file's matter. */
export const longestPasted = 512 * 1024;

const defaultLimits: PastedLimits = {
  within: 2 * 60_000,
  longest: longestPasted,
  texts: 200,
  all: 8 * 1024 * 1024,
};

/** Keeps no more than the limits say: what is too long is not kept, the oldest goes first. */
export const createPastedParts = (now: () => Date, limits: PastedLimits = defaultLimits): PastedParts => {
  const kept = new Map<string, { readonly pasted: Pasted; readonly at: number; readonly length: number }>();
  const forgetOld = (): void => {
    const oldest = now().getTime() - limits.within;
    // In the order of their times: whatever is kept again goes to the end.
    for (const [key, { at }] of kept) {
      if (at > oldest) return;
      kept.delete(key);
    }
  };
  const makeRoom = (): void => {
    let all = [...kept.values()].reduce((sum, { length }) => sum + length, 0);
    for (const [key, { length }] of kept) {
      if (kept.size <= limits.texts && all <= limits.all) return;
      kept.delete(key);
      all -= length;
    }
  };
  return {
    lately: (key) => {
      forgetOld();
      return kept.get(key)?.pasted;
    },
    keep: (key, pasted) => {
      const length = pasted.parts.reduce((sum, part) => sum + part.length + 1, 0);
      kept.delete(key);
      if (length > limits.longest) return;
      kept.set(key, { pasted, at: now().getTime(), length });
      makeRoom();
    },
    forget: (key) => {
      kept.delete(key);
    },
    forgetOld,
  };
};
