/** The value in the middle; of an even number, the lower of the two. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The smallest value that at least this share of all values does not exceed. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error('taking a quantile of nothing');
  return value;
};

/** How long it took, milliseconds. */
export const timed = async (action: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await action();
  return performance.now() - from;
};
