import { createHash } from 'node:crypto';
import type { PostedCard } from '../changes/place.ts';

/** What the bot knows of a message that it heard: enough to tell an edit from a repetition, and nothing of its text. */
interface HeardMessage {
  readonly sha256: string;
  /** The message that answers it, and no other one. */
  readonly answer: PostedCard | undefined;
}

/** Messages heard lately, in the memory of this process and nowhere else. */
export interface HeardMessages {
  lately(key: string): HeardMessage | undefined;
  keep(key: string, message: HeardMessage): void;
  /** That message answers others as well, or says something else now. */
  release(answer: PostedCard): void;
}

/** Messages at the same time; the oldest goes first. */
const most = 2_000;

export const createHeardMessages = (): HeardMessages => {
  const kept = new Map<string, HeardMessage>();
  return {
    lately: (key) => kept.get(key),
    keep: (key, message) => {
      kept.delete(key);
      kept.set(key, message);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
    release: (answer) => {
      for (const [key, { sha256, answer: own }] of kept) {
        const isIt =
          own?.messageId === answer.messageId && own.where.conversationId === answer.where.conversationId;
        if (isIt) kept.set(key, { sha256, answer: undefined });
      }
    },
  };
};

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');
