import { functionNames, type Report } from '../../remote/contract.ts';

/** An acting function that was killed before its end, as the next report tells of it. */
export interface Interruption {
  readonly what: 'raise' | 'restart' | 'roll-back' | 'unknown';
  /** UTC by the server's clock. */
  readonly startedAt: string;
  /** The step it had come to, as its journal names it: outside text. */
  readonly step: string;
  /** What Web.config is now. */
  readonly file: 'before' | 'after' | 'other' | 'unread';
  /** What is not as it was, each with the command that mends it: outside text. */
  readonly leftDifferent: readonly string[];
}

const kinds: Readonly<Record<string, Interruption['what']>> = {
  [functionNames.apply]: 'raise',
  [functionNames.restart]: 'restart',
  [functionNames.restore]: 'roll-back',
};

/** The change on the server that did not come to its end, or null. Pure. */
export function interruptionOf({ activity }: Report): Interruption | null {
  if (!activity.ok || activity.interrupted === null) return null;
  const { functionName, startedAt, step, file, leftDifferent } = activity.interrupted;
  return { what: kinds[functionName] ?? 'unknown', startedAt, step, file, leftDifferent };
}
