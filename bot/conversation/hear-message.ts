import { diagnose } from '../diagnosis/diagnose.ts';
import { answerText } from './answer-text.ts';
import type { Inbound, Reply } from './chat.ts';
import type { Desk, Turn } from './desk.ts';
import { withoutDiagnose } from './diagnose-command.ts';
import { holdsLog } from './diagnose-text.ts';
import { aboutFilesNotGiven } from './files-not-given.ts';
import { hashOf, heardKey, hearEdit } from './hear-edit.ts';
import { readFiles, type SentDownload } from './read-files.ts';
import { commandIn } from './say-command.ts';
import { showHelp } from './show-help.ts';

type Message = Extract<Inbound, { kind: 'message' }>;

/** A message: a command, text to diagnose, files, or several of these at once. */
export const hearMessage = async (desk: Desk, turn: Turn, message: Message): Promise<Reply> => {
  if (message.isEdit) return hearEdit(desk, turn, message);
  const key = heardKey(turn, message);
  if (key !== undefined)
    desk.heard.keep(key, { sha256: hashOf(withoutDiagnose(message)), answer: undefined });
  const words = await answerWords(desk, turn, message);
  const files = message.files.filter((file): file is SentDownload => file.kind === 'download');
  if (files.length === 0) return words ?? showHelp(desk, turn);
  return {
    ...words,
    afterwards: async (posted) => {
      // Neither waits for the other: a check may take long, and so may a file.
      await Promise.all([words?.afterwards?.(posted), readFiles(desk, turn, files)]);
    },
  };
};

/** What the text of a message asks for; undefined when there is none, or only words that come along with a file. */
const answerWords = async (desk: Desk, turn: Turn, said: Message): Promise<Reply | undefined> => {
  const command = commandIn(said.text);
  if (command !== undefined) return command(desk, turn, said);
  const message = withoutDiagnose(said);
  const text = message.text.trim();
  const own = diagnose(text);
  if (message.files.length > 0 && !holdsLog(text, own)) {
    const isGiven = message.files.some(({ kind }) => kind === 'download');
    const notGiven = isGiven ? undefined : aboutFilesNotGiven(message, desk.files.handedOver ?? true);
    return notGiven === undefined ? undefined : { card: notGiven };
  }
  if (isGreeting(text) && message.quoted === '') return showHelp(desk, turn);
  return answerText(desk, turn, message, own);
};

const isGreeting = (text: string): boolean => /^(help|hi|hello|hey|start|\?)?$/i.test(text);
