/** CPU time of this thread, in milliseconds: other programs on the machine do not count. */
export function cpuOf(work: () => void): number {
  const start = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

function bestOf(times: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time < times; time += 1) best = Math.min(best, cpuOf(work));
  return best;
}

/** Below this, in milliseconds, a clock cannot tell growth from noise; and no text of twice the length is slow. */
const tooShortToTell = 1;
/** No linear search of a few thousand letters takes so long on any machine, in milliseconds. */
const tooLong = 400;
/** More than twice as long for twice the text, with room for what a garbage collector does. */
export const mostGrowth = 2.5;

/** Lengths on the way to the one that is asked for: a search that never ends shows itself at a small one. */
function* ladder(length: number): Generator<number> {
  for (let step = 8; step < 40; step += 4) yield step;
  for (let step = 64; step <= length; step *= 4) yield step;
}

const ratioAt = (work: (length: number) => () => void, length: number): number => {
  const short = work(length);
  const long = work(2 * length);
  let ratio = bestOf(1, long) / bestOf(3, short);
  // Quadratic is 4: between that and linear it may be noise.
  for (let round = 0; round < 6 && ratio > mostGrowth && ratio < 3.3; round += 1) {
    ratio = Math.min(ratio, bestOf(3, long) / bestOf(5, short));
  }
  return ratio;
};

/**
 * Tells how work grows with its input: by the best of several runs of the same process, and what looks slow once more at longer inputs.
 *
 * @returns the time at twice the length over that at the length; null when it takes less than a millisecond.
 */
export function growth(work: (length: number) => () => void, length: number): number | null {
  for (const step of ladder(length)) {
    const shorter = work(step);
    if (cpuOf(shorter) > tooLong && bestOf(2, shorter) > tooLong) return Number.POSITIVE_INFINITY;
  }
  if (bestOf(1, work(2 * length)) < tooShortToTell) return null;
  const ratio = ratioAt(work, length);
  return ratio > mostGrowth ? Math.min(ratio, ratioAt(work, 2 * length)) : ratio;
}
