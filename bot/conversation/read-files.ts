import { aboutFiles } from '../../cards/about-files.ts';
import type { Card } from '../../cards/card.ts';
import { noticeCard } from '../../cards/notice-card.ts';
import type { FileTrouble } from '../../cards/notices/file-words.ts';
import { DownloadError } from '../download/download-error.ts';
import { LogsDiagnoser } from '../intake/diagnose-logs.ts';
import { IntakeError } from '../intake/intake-error.ts';
import { StoreError } from '../store/store-error.ts';
import { noticeOf } from './answer-without-store.ts';
import type { Reply, SentFile } from './chat.ts';
import { confirmed } from './confirmed.ts';
import type { Desk, Turn } from './desk.ts';
import { answerDiagnosis } from './diagnose-text.ts';
import type { Read } from './reads.ts';
import { type Progress, showProgress } from './show-progress.ts';
import { whileReading } from './stop-reading.ts';
import { withinParts } from './within-parts.ts';

/** A file that the chat hands over. */
export type SentDownload = Extract<SentFile, { kind: 'download' }>;

/** Teams takes ten files with one message. */
const mostFiles = 10;

/**
 * Reads the files of a message as one text, in their order, so that the same fault in a client's log and in the server's is one.
 * The answer is one card; each file that could not be read has another.
 */
export const readFiles = async (desk: Desk, turn: Turn, sent: readonly SentDownload[]): Promise<void> => {
  const files = sent.slice(0, mostFiles);
  const progress: Progress = {
    name: files[0]?.name ?? '',
    waits: true,
    read: 0,
    size: files.length === 1 ? undefined : 'several',
    startedAt: desk.now().getTime(),
  };
  const postAnswer = (card: Card) => confirmed(desk.chat, turn.where, () => desk.chat.post(turn.where, card));
  await whileReading(desk, desk.reads.begin('file', desk.randomId()), async (reading) => {
    const work = findAnswers(desk, turn, files, reading, progress);
    const shown = await showProgress(desk, turn, reading.id, progress, work).catch((error: unknown) => {
      // The answer is worth more than the way to it.
      desk.onTrouble('showing progress', error);
      return undefined;
    });
    const [first, ...others] = await work;
    if (first?.card !== undefined) {
      if (shown === undefined) await postAnswer(first.card);
      else await desk.chat.replace(shown, first.card);
    }
    for (const { card } of others) if (card !== undefined) await postAnswer(card);
    await first?.afterwards?.({ where: turn.where, messageId: shown?.messageId ?? '' });
  });
};

/** The answer to what was read, if anything was; then a refusal for each file that was not. */
const findAnswers = async (
  desk: Desk,
  turn: Turn,
  files: readonly SentDownload[],
  { signal, turn: ourTurn }: Read,
  progress: Progress,
): Promise<readonly Reply[]> => {
  const { most } = desk.files;
  const logs = new LogsDiagnoser({
    signal,
    cap: most,
    limits: { bytes: most },
    onProgress: (read) => {
      progress.read = read;
    },
  });
  const refusals: Reply[] = [];
  try {
    await ourTurn;
    progress.waits = false;
    progress.startedAt = desk.now().getTime();
    for (const file of files) {
      progress.name = file.name;
      try {
        const { size, bytes } = await desk.files.open(file.url, signal);
        if (files.length === 1) progress.size = size;
        await logs.addFile(file.name, bytes);
      } catch (error) {
        if (signal.aborted || !isAboutFile(error)) throw error;
        refusals.push(refusalOf(desk, file.name, error));
      }
    }
    if (logs.parts.length === 0) return refusals;
    const diagnosis = withinParts(logs.finish(), logs.parts);
    const reply = await answerDiagnosis(desk, turn, diagnosis, 'log');
    const read = {
      names: logs.parts.map(({ name }) => name),
      size: progress.read,
      lines: diagnosis.lines,
      others: logs.skipped.length,
      truncated: diagnosis.truncated,
    };
    return [reply.card === undefined ? reply : { ...reply, card: aboutFiles(reply.card, read) }, ...refusals];
  } catch (error) {
    if (error instanceof StoreError) {
      desk.onTrouble('answering to a file', error);
      return [{ card: noticeCard(noticeOf(error, 'write')) }];
    }
    return [refusalOf(desk, progress.name, error, signal)];
  }
};

const isAboutFile = (error: unknown): error is DownloadError | IntakeError =>
  error instanceof DownloadError || error instanceof IntakeError;

const refusalOf = (desk: Desk, name: string, error: unknown, signal?: AbortSignal): Reply => {
  const why = troubleOf(error, signal);
  // What a person sent is theirs to mend, and its name is no business of the log.
  const isOurs = why === 'defect' || error instanceof DownloadError;
  if (isOurs && signal?.aborted !== true) desk.onTrouble('reading a file', error);
  return { card: noticeCard({ kind: 'file-not-read', name, why, most: desk.files.most }) };
};

const troubleOf = (error: unknown, signal: AbortSignal | undefined): FileTrouble => {
  if (signal?.aborted === true) return signal.reason === 'bot-stops' ? 'bot-stops' : 'stopped';
  if (error instanceof DownloadError) return error.code.slice('download.'.length) as FileTrouble;
  if (error instanceof IntakeError) return error.code.slice('intake.'.length) as FileTrouble;
  return 'defect';
};
