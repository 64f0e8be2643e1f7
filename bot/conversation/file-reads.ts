/** Why a reading ends before its end. */
type StopReason = 'stopped' | 'bot-stops';

/** One file that is being read, or waits for that. */
export interface FileRead {
  readonly id: string;
  /** Aborted with a StopReason. */
  readonly signal: AbortSignal;
  /** Resolves when it is this one's turn. Rejects when it was stopped before. */
  readonly turn: Promise<void>;
  /** It is read, or not wanted any more. */
  end(): void;
}

/** The files that this process reads for people, a few at the same moment. In memory: a restart knows none of them. */
export interface FileReads {
  begin(id: string): FileRead;
  /** @returns whether such a file was being read here. */
  stop(id: string): boolean;
  /** Ends all of them, and those that begin later. */
  stopAll(): void;
}

interface Entry {
  readonly controller: AbortController;
  readonly go: () => void;
  isReading: boolean;
}

export const createFileReads = (atOnce = 2): FileReads => {
  const entries = new Map<string, Entry>();
  let isStopping = false;
  const next = (): void => {
    let reading = [...entries.values()].filter(({ isReading }) => isReading).length;
    for (const entry of entries.values()) {
      if (reading >= atOnce) return;
      if (entry.isReading || entry.controller.signal.aborted) continue;
      entry.isReading = true;
      reading += 1;
      entry.go();
    }
  };
  return {
    begin: (id) => {
      const controller = new AbortController();
      const { signal } = controller;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      // Who stops it while it waits is told by the signal too; nobody need wait for this promise.
      promise.catch(() => undefined);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      entries.set(id, { controller, go: resolve, isReading: false });
      if (isStopping) controller.abort('bot-stops' satisfies StopReason);
      next();
      return {
        id,
        signal,
        turn: promise,
        end: () => {
          entries.delete(id);
          next();
        },
      };
    },
    stop: (id) => {
      const entry = entries.get(id);
      entry?.controller.abort('stopped' satisfies StopReason);
      return entry !== undefined;
    },
    stopAll: () => {
      isStopping = true;
      for (const { controller } of entries.values()) controller.abort('bot-stops' satisfies StopReason);
    },
  };
};
