import { z } from 'zod';
import type { Place } from '../changes/place.ts';

const reference = z.looseObject({ serviceUrl: z.string() });

const serviceUrlIn = (address: string): string | undefined =>
  reference.safeParse(JSON.parse(address)).data?.serviceUrl;

/** Rewrites what is kept for a conversation: `fresh` gives what takes the place of an address, or undefined. */
type Rewrite = (conversationId: string, fresh: (kept: string) => string | undefined) => Promise<void>;

/** So many conversations are remembered; then they are forgotten, and looked at once more. */
const most = 10_000;

/**
 * Teams may move a conversation to another service address, and says so with the next activity: from then on, cards that were
 * posted before are reached there too. Kept addresses are looked at with the first activity of a conversation in this
 * process, and whenever the address changes.
 */
export const createFreshAddresses = (rewrite: Rewrite): ((where: Place) => Promise<void>) => {
  const newest = new Map<string, string>();
  return async ({ conversationId, address }) => {
    const serviceUrl = serviceUrlIn(address);
    if (serviceUrl === undefined || newest.get(conversationId) === serviceUrl) return;
    // The rest stays: in a channel it names the thread that the card is in.
    await rewrite(conversationId, (kept) =>
      serviceUrlIn(kept) === serviceUrl ? undefined : JSON.stringify({ ...JSON.parse(kept), serviceUrl }),
    );
    if (newest.size >= most) newest.clear();
    newest.set(conversationId, serviceUrl);
  };
};
