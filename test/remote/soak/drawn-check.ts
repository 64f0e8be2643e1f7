import type { WireMisbehaviour } from '../../../remote/practice/misbehaviour.ts';
import type { Random } from '../../bot/diagnosis/fuzz/random.ts';
import { type MisdeedName, messages, misdeeds } from '../misdeeds.ts';
import { type ServerEvent, serverEvents } from './practice-orders.ts';

/** One reading of a check. */
export interface DrawnReading {
  readonly brief: boolean;
  /** Milliseconds. */
  readonly deadline: number;
  /** The reader gives up when this many requests of the check were sent. */
  readonly givesUpAt: number | undefined;
}

/** What is done and what goes wrong in one check. Numbers of requests count from its beginning; 0 is before it. */
export interface DrawnCheck {
  /** Usually one; several are asked for at once. */
  readonly readings: readonly DrawnReading[];
  /** With a client of its own, cold, which is closed afterwards; otherwise with the one that is kept. */
  readonly isCold: boolean;
  readonly fault: { readonly name: MisdeedName; readonly rule: WireMisbehaviour } | undefined;
  readonly event: { readonly event: ServerEvent; readonly at: number } | undefined;
  /** Somebody writes the file. */
  readonly changeAt: number | undefined;
}

/** Most checks have a Command and a Receive, and few have more. */
const usualMessages = [...messages, ...messages, 'Command', 'Command', 'Receive', 'Receive'] as const;
const names = Object.keys(misdeeds) as MisdeedName[];
/** The deadline of a reader with time, milliseconds. */
export const patient = 10_000;

/** Once in so many. */
const odds = { fault: 3, event: 10, change: 2, cold: 12, givesUp: 15, hurried: 25, several: 15 } as const;

export function drawCheck({ below, pick }: Random): DrawnCheck {
  const oneIn = (many: number) => below(many) === 0;
  const reading = (): DrawnReading => ({
    brief: oneIn(2),
    deadline: oneIn(odds.hurried) ? 1 + below(400) : patient,
    givesUpAt: oneIn(odds.givesUp) ? below(7) : undefined,
  });
  const fault = () => {
    const name = pick(names);
    // A server that has nothing to say each time, and says so at once, is asked as fast as it answers: that would be most of the requests.
    const nth = name === 'faults: timed out, executed' ? 1 + below(3) : below(4);
    const rule = { on: pick(usualMessages), misdeed: misdeeds[name], ...(nth === 0 ? {} : { nth }) };
    return { name, rule };
  };
  return {
    readings: Array.from({ length: oneIn(odds.several) ? 3 : 1 }, reading),
    isCold: oneIn(odds.cold),
    fault: oneIn(odds.fault) ? fault() : undefined,
    event: oneIn(odds.event) ? { event: pick(serverEvents), at: below(5) } : undefined,
    changeAt: oneIn(odds.change) ? below(4) : undefined,
  };
}
