/**
 * Runs `work` for a key at once, and while it runs at most once more however often it is asked: the last state is what
 * counts. After each run the key rests for `rest` milliseconds, so that a chat is not flooded.
 */
export const coalesce = (
  work: (key: string) => Promise<void>,
  pause: (milliseconds: number) => Promise<void>,
  rest: number,
): { ask(key: string): void; drain(): Promise<void> } => {
  const asked = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const run = async (key: string): Promise<void> => {
    while (asked.delete(key)) {
      await work(key);
      if (asked.has(key)) await pause(rest);
    }
  };
  return {
    ask: (key) => {
      asked.add(key);
      if (running.has(key)) return;
      running.set(
        key,
        run(key).finally(() => running.delete(key)),
      );
    },
    drain: async () => {
      await Promise.all(running.values());
    },
  };
};
