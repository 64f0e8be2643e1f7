import type { Card } from '../../cards/card.ts';
import { fileReadingCard } from '../../cards/file-reading-card.ts';
import type { PostedCard } from '../changes/place.ts';
import type { Desk, Turn } from './desk.ts';
import { stopButton } from './stop-reading.ts';

/** How far files are read. */
export interface Progress {
  /** Of the file that is being read. Outside text. */
  name: string;
  waits: boolean;
  /** Bytes of all files so far. */
  read: number;
  /** Bytes; undefined when the host does not say it. Of several files it is not known before the last. */
  size: number | undefined | 'several';
  /** When reading began, milliseconds. */
  startedAt: number;
}

/** Files that are read in less need no card that says so, milliseconds. */
const quick = 2_000;
/** Teams allows a conversation few edits; this keeps far from it, milliseconds. */
const betweenEdits = 2_500;
/** No file is read for longer, milliseconds: waiting for the others is in it. */
const longest = 3_600_000;

/**
 * Says that files are being read and how far, until the answer is there; nothing where that is soon. Its button stops them.
 * @returns the card that the answer replaces.
 */
export const showProgress = async (
  desk: Desk,
  turn: Turn,
  readId: string,
  progress: Progress,
  work: Promise<unknown>,
): Promise<PostedCard | undefined> => {
  const ended = new AbortController();
  const end = () => ended.abort();
  void work.then(end, end);
  await desk.pause(quick, ended.signal);
  if (ended.signal.aborted) return undefined;
  const stop = await stopButton(desk, turn.where, { kind: 'stop-reading', readId }, longest);
  const cardNow = (): Card =>
    fileReadingCard({
      ...progress,
      size: progress.size === 'several' ? undefined : progress.size,
      elapsed: desk.now().getTime() - progress.startedAt,
      stop,
    });
  const posted = await desk.chat.post(turn.where, cardNow());
  while (!ended.signal.aborted) {
    await desk.pause(betweenEdits, ended.signal);
    if (ended.signal.aborted) break;
    // The next one shows it, or the answer does.
    await desk.chat
      .replace(posted, cardNow(), { within: betweenEdits })
      .catch((error: unknown) => desk.onTrouble('showing progress', error));
  }
  return posted;
};
