import type { Fault } from '../../../bot/diagnosis/faults/fault.ts';
import type { Observation } from '../../../bot/diagnosis/faults/observation.ts';
import { createObserver } from '../../../bot/diagnosis/faults/read-faults.ts';
import { splitLines } from '../../../bot/diagnosis/records/normalise.ts';

/** @returns everything that a text tells, in the order it is told. */
export function observe(text: string): Observation[] {
  const seen: Observation[] = [];
  const observer = createObserver(undefined, (each) => seen.push(each));
  for (const [index, line] of splitLines(text).entries()) observer.line({ line: index + 1, text: line });
  observer.end();
  return seen;
}

/** @returns the faults that a text tells, each rendering by itself. */
export const faultsIn = (text: string): Fault[] =>
  observe(text).flatMap((seen) => (seen.kind === 'fault' ? [seen.fault] : []));
