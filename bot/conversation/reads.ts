/** Why a reading ends before its end. */
type StopReason = 'stopped' | 'bot-stops';

/** A server or a file that is being read for a person, or waits for that. */
export interface Read {
  readonly id: string;
  /** Aborted with a StopReason. */
  readonly signal: AbortSignal;
  /** Resolves when it is this one's turn. Rejects when it was stopped before. */
  readonly turn: Promise<void>;
  /** It is read, or not wanted any more. */
  end(): void;
}

/** What this process reads for people: of files a few at the same moment. In memory: a restart knows none of them. */
export interface Reads {
  begin(what: 'server' | 'file', id: string): Read;
  /** @returns whether it was being read here. */
  stop(id: string): boolean;
  /** Ends all of them, and those that begin later. */
  stopAll(): void;
  ids(): string[];
}

interface Entry {
  readonly what: 'server' | 'file';
  readonly controller: AbortController;
  readonly go: () => void;
  isReading: boolean;
}

export const createReads = (filesAtOnce = 2): Reads => {
  const entries = new Map<string, Entry>();
  let isStopping = false;
  const next = (): void => {
    const waiting = [...entries.values()].filter(
      (entry) => !entry.isReading && !entry.controller.signal.aborted,
    );
    for (const entry of waiting) {
      if (entry.what === 'file' && filesReading() >= filesAtOnce) continue;
      entry.isReading = true;
      entry.go();
    }
  };
  const filesReading = (): number =>
    [...entries.values()].filter(({ what, isReading }) => what === 'file' && isReading).length;
  return {
    begin: (what, id) => {
      const controller = new AbortController();
      const { signal } = controller;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      // Who stops it while it waits is told by the signal too; nobody need wait for this promise.
      promise.catch(() => undefined);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      entries.set(id, { what, controller, go: resolve, isReading: false });
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
    ids: () => [...entries.keys()],
  };
};
