import type { Fault } from '../../../bot/diagnosis/fault.ts';
import { splitLines } from '../../../bot/diagnosis/normalise.ts';
import type { Observation } from '../../../bot/diagnosis/observation.ts';
import { createObserver } from '../../../bot/diagnosis/read-faults.ts';

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
