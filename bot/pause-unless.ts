import { setTimeout as pause } from 'node:timers/promises';

/** Resolves after that many milliseconds, or at once when the signal is aborted. */
export const pauseUnless = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  pause(milliseconds, undefined, { signal }).catch(() => undefined);
