import { performance } from 'node:perf_hooks';
import { cpuMilliseconds } from '../kit/cpu-milliseconds.ts';

/** Milliseconds by the clock: the CPU time of a thread counts in steps that are too long for one search. */
function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function bestOf(times: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < times; run += 1) best = Math.min(best, timeOf(work));
  return best;
}

/** Milliseconds of the processor for one run: what other programs take meanwhile does not count. */
function processorTimeOf(work: () => void): number {
  for (let runs = 1; ; runs *= 2) {
    const spent = cpuMilliseconds(() => {
      for (let run = 0; run < runs; run += 1) work();
    });
    if (spent >= longEnough) return spent / runs;
  }
}

/** The processor's time is counted in steps of some milliseconds. */
const longEnough = 80;

/** Below this, in milliseconds, a clock cannot tell growth from noise; and no text of twice the length is slow. */
const tooShortToTell = 1;
/** No linear search of a few thousand letters takes so long on any machine, in milliseconds. */
const tooLong = 400;
/** More than twice as long for twice the text, with room for what a garbage collector does. */
export const mostGrowth = 2.5;

/**
 * Goes up to a length in steps that are the smaller the longer the last one took: a search whose time multiplies shows itself before
 * it cannot be waited for.
 */
function neverEnds(work: (length: number) => () => void, length: number): boolean {
  let step = 8;
  while (step < length) {
    const shorter = work(step);
    const time = timeOf(shorter);
    if (time > tooLong && processorTimeOf(shorter) > tooLong) return true;
    step = Math.ceil(step * (time < 0.05 ? 2 : time < 1 ? 1.3 : 1.1));
  }
  return false;
}

const ratioAt = (work: (length: number) => () => void, length: number): number => {
  const short = work(length);
  const long = work(2 * length);
  const ratio = bestOf(3, long) / bestOf(5, short);
  // A long search is interrupted more often than a short one on a busy machine.
  return ratio > mostGrowth ? processorTimeOf(long) / processorTimeOf(short) : ratio;
};

/**
 * Tells how work grows with its input: by the best of several runs, so that other programs on the machine do not count, and what
 * looks slow once more at longer inputs.
 *
 * @returns the time at twice the length over that at the length; null when it takes less than a millisecond.
 */
export function growth(work: (length: number) => () => void, length: number): number | null {
  if (neverEnds(work, length)) return Number.POSITIVE_INFINITY;
  if (bestOf(2, work(2 * length)) < tooShortToTell) return null;
  const ratio = ratioAt(work, length);
  return ratio > mostGrowth ? Math.min(ratio, ratioAt(work, 2 * length)) : ratio;
}
