import type { Desk } from '../../../bot/conversation/desk.ts';
import { createHeardMessages } from '../../../bot/conversation/heard-messages.ts';
import { createPastedParts } from '../../../bot/conversation/pasted-parts.ts';
import { createReads } from '../../../bot/conversation/reads.ts';
import { DownloadError } from '../../../bot/download/download-error.ts';

/** What a desk has for files, and for text that comes in parts. */
export type DeskFiles = Pick<Desk, 'files' | 'reads' | 'pasted' | 'heard' | 'pause'>;

/** No file can be fetched, and nothing that waits for a time goes on before it is told to end. */
export const noFiles = (now: () => Date): DeskFiles => ({
  files: { most: 1024 ** 3, open: () => Promise.reject(new DownloadError('download.unreachable')) },
  reads: createReads(),
  pasted: createPastedParts(now),
  heard: createHeardMessages(),
  pause: untilAborted,
});

export const untilAborted = (_milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
