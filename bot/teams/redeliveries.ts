import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { someText, textUpTo } from './outside-text.ts';

/** Teams sends an activity again, with the same id and time, when it did not hear the answer in 15 s. Milliseconds. */
const keptFor = 2 * 60_000;
const mostKept = 1_000;

export interface Redeliveries<Answer> {
  /** Works on an activity; on one that is delivered again not a second time: it gets the answer of the first. */
  once(activity: Activity, work: () => Promise<Answer>): Promise<Answer>;
}

/** Within this process. `late-answers.ts` does it for several; what must not happen twice anywhere is held by the store. */
export const createRedeliveries = <Answer>(monotonic: () => number): Redeliveries<Answer> => {
  const lately = new Map<string, { readonly at: number; readonly answer: Promise<Answer> }>();
  const forget = (now: number): void => {
    // Oldest first.
    for (const [key, { at }] of lately) {
      if (lately.size <= mostKept && now - at < keptFor) return;
      lately.delete(key);
    }
  };
  return {
    once: (activity, work) => {
      const key = nameOfDelivery(activity);
      if (key === undefined) return work();
      const now = monotonic();
      forget(now);
      const known = lately.get(key);
      if (known !== undefined) return known.answer;
      const answer = work();
      lately.set(key, { at: now, answer });
      return answer;
    },
  };
};

/** What in JSON would be as deep as whoever sent it likes is left out: only texts name anything. */
const name = z.string().catch('');
const named = z.object({
  id: textUpTo(1_000).and(someText),
  type: name,
  name,
  timestamp: name,
  // The message extension may come without one.
  conversation: z.object({ id: name }).catch({ id: '' }),
});

/** The same whenever Teams delivers it. An edit of a message has its id too, and another time. */
export const nameOfDelivery = (activity: Activity): string | undefined => {
  const found = named.safeParse(activity).data;
  return found === undefined ? undefined : JSON.stringify(found);
};
