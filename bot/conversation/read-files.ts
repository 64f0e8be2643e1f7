import { aboutFile } from '../../cards/about-file.ts';
import type { Card } from '../../cards/card.ts';
import { fileReadingCard } from '../../cards/file-reading-card.ts';
import { noticeCard } from '../../cards/notice-card.ts';
import type { FileTrouble } from '../../cards/notices/file-words.ts';
import type { PostedCard } from '../changes/place.ts';
import { DownloadError } from '../download/download-error.ts';
import { diagnoseBytes } from '../intake/diagnose-bytes.ts';
import { IntakeError } from '../intake/intake-error.ts';
import { StoreError } from '../store/store-error.ts';
import { noticeOf } from './answer-without-store.ts';
import type { Inbound, Reply, SentFile } from './chat.ts';
import { type Desk, type Turn, tokenFor } from './desk.ts';
import { answerDiagnosis } from './diagnose-text.ts';
import type { FileRead } from './file-reads.ts';

/** A file that the chat hands over. */
export type SentDownload = Extract<SentFile, { kind: 'download' }>;

/** Teams takes ten files with one message. */
const mostFiles = 10;

/** A file that is read in less needs no card that says so, milliseconds. */
const quick = 2_000;
/** Teams allows a conversation few edits; this keeps far from it, milliseconds. */
const betweenEdits = 2_500;

/** Reads the files of a message one after the other, each to an answer of its own. */
export const readFiles = async (desk: Desk, turn: Turn, files: readonly SentDownload[]): Promise<void> => {
  for (const file of files.slice(0, mostFiles)) await readFile(desk, turn, file);
};

/** Words for files that the chat does not hand over; undefined when there is none. */
export const aboutFilesNotGiven = ({
  files,
  where,
  personalChat,
}: Pick<Extract<Inbound, { kind: 'message' }>, 'files' | 'where' | 'personalChat'>): Card | undefined => {
  if (files.some(({ kind }) => kind === 'absent')) {
    if (where.kind === 'personal') return noticeCard({ kind: 'file-absent' });
    return noticeCard({ kind: 'file-not-here', ...(personalChat === undefined ? {} : { personalChat }) });
  }
  return files.some(({ kind }) => kind === 'picture') ? noticeCard({ kind: 'file-is-picture' }) : undefined;
};

/** How far a file is read. */
interface Progress {
  waits: boolean;
  read: number;
  size: number | undefined;
  /** When reading began, milliseconds. */
  startedAt: number;
}

const readFile = async (desk: Desk, turn: Turn, file: SentDownload): Promise<void> => {
  const reading = desk.fileReads.begin(desk.randomId());
  const progress: Progress = { waits: true, read: 0, size: undefined, startedAt: desk.now().getTime() };
  try {
    const work = findAnswer(desk, turn, file, reading, progress);
    const posted = await showProgress(desk, turn, file, reading, progress, work).catch((error: unknown) => {
      // The answer is worth more than the way to it.
      desk.onTrouble('showing progress', error);
      return undefined;
    });
    const { card, afterwards } = await work;
    if (card === undefined) return;
    const shown = posted ?? { where: turn.where, messageId: '' };
    if (posted === undefined) await desk.chat.post(turn.where, card);
    else await desk.chat.replace(posted, card);
    await afterwards?.(shown);
  } finally {
    reading.end();
  }
};

const findAnswer = async (
  desk: Desk,
  turn: Turn,
  file: SentDownload,
  reading: FileRead,
  progress: Progress,
): Promise<Reply> => {
  const { signal } = reading;
  const { most } = desk.files;
  try {
    await reading.turn;
    progress.waits = false;
    progress.startedAt = desk.now().getTime();
    const { size, bytes } = await desk.files.open(file.url, signal);
    progress.size = size;
    const diagnosis = await diagnoseBytes(bytes, {
      name: file.name,
      signal,
      cap: most,
      onProgress: (read) => {
        progress.read = read;
      },
    });
    const reply = await answerDiagnosis(desk, turn, diagnosis, 'log');
    if (reply.card === undefined) return reply;
    const read = { name: file.name, size: progress.read, lines: diagnosis.lines };
    return { ...reply, card: aboutFile(reply.card, read) };
  } catch (error) {
    if (error instanceof StoreError) {
      desk.onTrouble('answering to a file', error);
      return { card: noticeCard(noticeOf(error, 'write')) };
    }
    const why = troubleOf(error, signal);
    // What a person sent is theirs to mend, and its name is no business of the log.
    if (why === 'defect' || error instanceof DownloadError) desk.onTrouble('reading a file', error);
    return { card: noticeCard({ kind: 'file-not-read', name: file.name, why, most }) };
  }
};

const troubleOf = (error: unknown, signal: AbortSignal): FileTrouble => {
  if (signal.aborted) return signal.reason === 'bot-stops' ? 'bot-stops' : 'stopped';
  if (error instanceof DownloadError) return error.code.slice('download.'.length) as FileTrouble;
  if (error instanceof IntakeError) return error.code.slice('intake.'.length) as FileTrouble;
  return 'defect';
};

/**
 * Says that the file is being read and how far, until the answer is there; nothing for a file that is read quickly.
 * @returns the card that the answer replaces.
 */
const showProgress = async (
  desk: Desk,
  turn: Turn,
  file: SentDownload,
  reading: FileRead,
  progress: Progress,
  work: Promise<unknown>,
): Promise<PostedCard | undefined> => {
  const ended = new AbortController();
  const end = () => ended.abort();
  void work.then(end, end);
  await desk.pause(quick, ended.signal);
  if (ended.signal.aborted) return undefined;
  const stop = await tokenFor(desk, turn.where, { kind: 'stop-reading', readId: reading.id });
  const cardNow = (): Card =>
    fileReadingCard({
      ...progress,
      name: file.name,
      elapsed: desk.now().getTime() - progress.startedAt,
      stop,
    });
  const posted = await desk.chat.post(turn.where, cardNow());
  while (!ended.signal.aborted) {
    await desk.pause(betweenEdits, ended.signal);
    if (ended.signal.aborted) break;
    // The next one shows it, or the answer does.
    await desk.chat
      .replace(posted, cardNow())
      .catch((error: unknown) => desk.onTrouble('showing progress', error));
  }
  return posted;
};
