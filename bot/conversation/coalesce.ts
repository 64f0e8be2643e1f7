/**
 * Runs `work` for a key at once, and while it runs at most once more however often it is asked: the last state is what
 * counts. After each run the key rests for `rest` milliseconds, so that a chat is not flooded. Work that fails is told
 * and not tried again by itself.
 */
export const coalesce = (
  work: (key: string) => Promise<void>,
  pause: (milliseconds: number) => Promise<void>,
  rest: number,
  onTrouble: (key: string, error: unknown) => void,
): { ask(key: string): void; drain(): Promise<void> } => {
  const asked = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const run = async (key: string): Promise<void> => {
    while (asked.delete(key)) {
      await work(key).catch((error: unknown) => onTrouble(key, error));
      await pause(rest);
    }
    // In the same turn as the look above, so that nobody's asking falls between.
    running.delete(key);
  };
  return {
    ask: (key) => {
      asked.add(key);
      if (!running.has(key)) running.set(key, run(key));
    },
    drain: async () => {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
};
