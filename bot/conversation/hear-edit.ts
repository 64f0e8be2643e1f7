import { noticeCard } from '../../cards/notice-card.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { Inbound, Reply } from './chat.ts';
import type { Desk, Turn } from './desk.ts';
import { withoutDiagnose } from './diagnose-command.ts';
import { answerDiagnosis, holdsLog, isTalk } from './diagnose-text.ts';
import { sha256Of } from './heard-messages.ts';
import { commandIn } from './say-command.ts';

type Message = Extract<Inbound, { kind: 'message' }>;

/**
 * A message that was changed after it was sent is read as evidence and never as a command: none runs twice. Its answer takes the
 * place of the one before, where this process knows which that is (it answers no other message, and the process was not
 * started anew since); else it is a new one. What says the same as before has its answer.
 */
export const hearEdit = async (desk: Desk, turn: Turn, edited: Message): Promise<Reply> => {
  const message = withoutDiagnose(edited);
  const { text, quoted } = message;
  const key = heardKey(turn, message);
  const before = key === undefined ? undefined : desk.heard.lately(key);
  const sha256 = hashOf(message);
  if (before?.sha256 === sha256) return {};
  if (key !== undefined) desk.heard.keep(key, { sha256, answer: before?.answer });
  if (commandIn(edited.text) !== undefined) return { card: noticeCard({ kind: 'edited-command' }) };
  const own = diagnose(text);
  const all = quoted === '' || holdsLog(text, own) ? own : diagnose(`${quoted}\n${text}`);
  const talk = isTalk(text, all) && isTalk(quoted, all);
  const answer = before?.answer;
  if (talk && answer === undefined) return {};
  const { card } = await answerDiagnosis(withoutChecks(desk), turn, all, talk ? 'talk' : 'log');
  if (card === undefined) return {};
  if (answer !== undefined) return { afterwards: () => desk.chat.replace(answer, card) };
  return answering(desk, key, sha256, { card });
};

/** Remembers which message answers, so that an edit can bring it up to date. */
export const answering = (desk: Desk, key: string | undefined, sha256: string, reply: Reply): Reply =>
  key === undefined
    ? reply
    : {
        ...reply,
        afterwards: async (answer) => {
          desk.heard.keep(key, { sha256, answer: answer.messageId === '' ? undefined : answer });
          await reply.afterwards?.(answer);
        },
      };

/** Names a message of a person; undefined where the chat gives it no name. */
export const heardKey = (
  { who, where }: Turn,
  { messageId }: Pick<Message, 'messageId'>,
): string | undefined =>
  messageId === undefined ? undefined : JSON.stringify([where.conversationId, messageId, who.aadObjectId]);

export const hashOf = ({ text, quoted }: Pick<Message, 'text' | 'quoted'>): string =>
  sha256Of(JSON.stringify([text, quoted]));

const withoutChecks = (desk: Desk): Desk => ({ ...desk, config: { ...desk.config, autoCheck: false } });
