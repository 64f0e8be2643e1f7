import type { AttemptFailed } from './attempt-failed.ts';
import { SendError } from './send-error.ts';

/** What follows from an attempt that failed. */
export interface Judgement {
  /** What is true when it is not tried again, or was tried often enough. */
  readonly error: SendError;
  /** Undefined: it is not tried again. Else what rests until then: this message, or all that goes to its conversation. */
  readonly again: 'message' | 'conversation' | undefined;
  /** The conversation takes nothing any more. */
  readonly closes: boolean;
}

/** Teams' own pages ask to repeat these after a while, a new message too. */
const askedToRepeat = new Set([412, 429, 502, 503, 504]);

/** These are about all that is sent to a conversation, and not about one message. */
const aboutConversation = new Set([412, 429]);

/** Refusals with 403 that say nothing about the conversation. */
const notClosed = new Set(['InvalidBotApiHost', 'NotEnoughPermissions']);

/**
 * By https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability, "Status codes from bot conversational
 * APIs". A new message that may have arrived is not sent again, for it could stand there twice; a replacement is.
 */
export const judgeAttempt = (failed: AttemptFailed, doing: string, isReplacement: boolean): Judgement => {
  const { status, code, mayHaveArrived } = failed;
  const judged = (
    kind: SendError['code'],
    outcome: SendError['outcome'],
    again?: Judgement['again'],
    closes = false,
  ): Judgement => ({ error: new SendError(kind, doing, outcome, failed), again, closes });
  if (!mayHaveArrived) return judged('send.unreachable', 'not-sent', 'message');
  if (status !== undefined && askedToRepeat.has(status)) {
    return judged('send.busy', 'refused', aboutConversation.has(status) ? 'conversation' : 'message');
  }
  if (status === undefined || status === 408 || status >= 500) {
    return judged('send.unsure', 'unknown', isReplacement ? 'message' : undefined);
  }
  if (status === 413) return judged('send.too-long', 'refused');
  const isGone = status === 404 || status === 410;
  const isShut = status === 403 && !notClosed.has(code ?? '');
  if (!isGone && !isShut) return judged('send.refused', 'refused');
  // A message that is gone says nothing about its conversation.
  const onlyMessage = code === 'ActivityNotFoundInConversation' || (isReplacement && code === undefined);
  return judged('send.closed', 'refused', undefined, isShut || !onlyMessage);
};
