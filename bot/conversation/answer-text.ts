import { noticeCard, noticeText } from '../../cards/notice-card.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Inbound, Reply } from './chat.ts';
import type { Desk, Turn } from './desk.ts';
import { answerDiagnosis, holdsLog, isTalk } from './diagnose-text.ts';
import { answering, hashOf, heardKey } from './hear-edit.ts';
import { type AnswerSoFar, longestPasted, type Pasted } from './pasted-parts.ts';

type Message = Extract<Inbound, { kind: 'message' }>;

/**
 * Anything that is not a command: read as a log (`own`). Words without a log are read together with what they quote. A part of a
 * longer text is read together with the parts before it, and has one answer with them.
 */
export const answerText = async (
  desk: Desk,
  turn: Turn,
  message: Message,
  own: Diagnosis,
): Promise<Reply> => {
  const { text, quoted } = message;
  const remembered = (reply: Reply): Reply =>
    answering(desk, heardKey(turn, message), hashOf(message), reply);
  if (quoted !== '' && !holdsLog(text, own)) {
    const all = diagnose(`${quoted}\n${text}`);
    if (!isTalk(quoted, all)) return remembered(await answerDiagnosis(desk, turn, all, 'log'));
  }
  const key = `${turn.who.aadObjectId}\n${message.thread}`;
  const before = desk.pasted.lately(key);
  // Sent a second time by the person, or by Teams.
  const isKnown = before?.parts.includes(text) ?? false;
  const isMore = before !== undefined && (isKnown || goesOn(before, text));
  // A line that a person writes is no part of a log; several without a date may be the rest of one.
  const isPart = !isTalk(text, own) || (isMore && text.includes('\n'));
  if (!isPart) return answerDiagnosis(desk, turn, own, 'talk');
  if (!isMore) return remembered(await answerAnew(desk, turn, key, [text], own));
  const parts = isKnown ? before.parts : [...before.parts, text];
  const diagnosis = diagnose(parts.join('\n'));
  const { answer } = before;
  // It stands for several messages from now on: an edit of one of them must not take its place.
  if (answer.posted !== undefined) desk.heard.release(answer.posted);
  if (answer.posted !== undefined && saysTheSame(before.diagnosis, diagnosis)) {
    return bringUpToDate(desk, turn, key, { parts, diagnosis, answer });
  }
  const reply = await answerAnew(desk, turn, key, parts, diagnosis);
  return { ...reply, afterwards: afterAll(reply.afterwards, () => sayReplaced(desk, answer)) };
};

/** Fills most of what Teams takes in one message (28 KB with its markup), so that more of it is likely to come. */
const longPart = 8_000;

/** Answers that ask for more. */
const openAnswers = new Set<Diagnosis['verdict']>(['not-enough-evidence', 'no-fault']);

/** More of the same text, and not a question of its own: the answer before asks for more, or the part before fills a message. */
const goesOn = ({ parts, diagnosis }: Pasted, text: string): boolean => {
  const last = parts.at(-1) ?? '';
  const length = parts.reduce((sum, part) => sum + part.length, text.length);
  return length <= longestPasted && (openAnswers.has(diagnosis.verdict) || last.length >= longPart);
};

const saysTheSame = (one: Diagnosis, other: Diagnosis): boolean => conclusionOf(one) === conclusionOf(other);

const conclusionOf = ({ verdict, mayPropose, isExample, findings }: Diagnosis): string =>
  JSON.stringify([
    verdict,
    mayPropose,
    isExample,
    findings.map(({ signature, servers }) => [signature, servers.map(({ host }) => host).toSorted()]),
  ]);

/** An answer of its own, which parts that follow may bring up to date. */
const answerAnew = async (
  desk: Desk,
  turn: Turn,
  key: string,
  parts: readonly string[],
  diagnosis: Diagnosis,
): Promise<Reply> => {
  const answer: AnswerSoFar = { posted: undefined, isReplaced: false };
  // Before the card is made: the next part may come meanwhile.
  desk.pasted.keep(key, { parts, diagnosis, answer });
  try {
    const reply = await answerDiagnosis(desk, turn, diagnosis, 'log');
    return {
      ...reply,
      afterwards: async (posted) => {
        answer.posted = posted;
        if (answer.isReplaced) await sayReplaced(desk, answer);
        await reply.afterwards?.(posted);
      },
    };
  } catch (error) {
    desk.pasted.forget(key);
    throw error;
  }
};

/** The answer stands where it was, with all that is known now. */
const bringUpToDate = async (desk: Desk, turn: Turn, key: string, pasted: Pasted): Promise<Reply> => {
  const { parts, diagnosis, answer } = pasted;
  const { card } = await answerDiagnosis(desk, turn, diagnosis, 'log');
  desk.pasted.keep(key, pasted);
  return {
    message: noticeText({ kind: 'read-with-those-before', parts: parts.length, lines: diagnosis.lines }),
    afterwards: async () => {
      if (card !== undefined && answer.posted !== undefined) await desk.chat.replace(answer.posted, card);
    },
  };
};

/** One answer is enough: the earlier one says where the answer to all of it is. */
const sayReplaced = async (desk: Desk, answer: AnswerSoFar): Promise<void> => {
  answer.isReplaced = true;
  if (answer.posted === undefined) return;
  await desk.chat
    .replace(answer.posted, noticeCard({ kind: 'read-with-the-next' }))
    .catch((error: unknown) => desk.onTrouble('replacing an earlier answer', error));
};

const afterAll =
  (first: Reply['afterwards'], then: () => Promise<void>): NonNullable<Reply['afterwards']> =>
  async (posted) => {
    await then();
    await first?.(posted);
  };
