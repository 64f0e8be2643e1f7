/** Works on all of them, on at most `atOnce` at the same moment. The results are in the order of the items. */
export const atMost = async <Item, Result>(
  atOnce: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results = new Map<number, Result>();
  const waiting = [...items.entries()];
  const next = async (): Promise<void> => {
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      results.set(entry[0], await work(entry[1]));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, next));
  return [...results.entries()].toSorted(([one], [other]) => one - other).map(([, result]) => result);
};
