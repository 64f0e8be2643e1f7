import { createHash } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { nameOfDelivery } from './redeliveries.ts';

/** Who answers what may have been delivered to several replicas. Does not throw: without a store everybody answers. */
export interface LateAnswers {
  /** True for the first that asks. @param activity SHA-256 of what names it. */
  claim(activity: string): Promise<boolean>;
}

/** Teams delivers again after 15 s what it heard no answer to, the second time perhaps to another replica. Milliseconds. */
const freshFor = 10_000;

/**
 * Whether an activity is to be answered here. One that is fresh is delivered for the first time, and the store is not asked.
 * @param now By the clock that all replicas share. Where it is ahead of Teams', what is fresh is asked for too.
 */
export const isToBeAnswered = async (activity: Activity, now: Date, late: LateAnswers): Promise<boolean> => {
  const name = nameOfDelivery(activity);
  // Text here; the SDK's type is for what it has parsed itself.
  const timestamp: unknown = activity.timestamp;
  const at = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  if (name === undefined || !(now.getTime() - at > freshFor)) return true;
  return late.claim(hashOf(name));
};

/** The response to an activity that was answered did not reach Teams, which will deliver it again. */
export const noteUnheard = async (activity: Activity, late: LateAnswers): Promise<void> => {
  const name = nameOfDelivery(activity);
  if (name !== undefined) await late.claim(hashOf(name));
};

const hashOf = (name: string): string => createHash('sha256').update(name).digest('hex');
