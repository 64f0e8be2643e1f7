import { CodedError, type Outcome } from '../../remote/coded-error.ts';
import type { AttemptFailed } from './attempt-failed.ts';

/** Why a message did not go out: one row per code, the same rows as in docs/errors.md. */
export const sendErrors = {
  'send.closed': {
    reason: 'the chat or the message is gone, or does not let the bot in',
    remedy: 'Nothing: the chat is left alone until somebody writes there, or adds the app again.',
  },
  'send.refused': {
    reason: 'Teams refuses it',
    remedy:
      'Look at the status: 401 and 403 are about the registration of the bot, 400 is a defect to report.',
  },
  'send.busy': {
    reason: 'Teams asked to wait, again and again',
    remedy: 'Nothing: the newest state is sent later. If that lasts, look at the state of Microsoft Teams.',
  },
  'send.unreachable': {
    reason: 'no connection to Teams comes about',
    remedy: 'Look whether this machine reaches the Bot Connector service (HTTPS, port 443, or its proxy).',
  },
  'send.unsure': {
    reason: 'Teams did not say whether it has it',
    remedy: 'Nothing: no message is sent twice. Whoever waits for it is told, and can ask again.',
  },
  'send.too-late': {
    reason: 'its turn did not come in time',
    remedy: 'Nothing: the newest state is sent later.',
  },
  'send.too-many': {
    reason: 'too many messages wait for that chat, or in all',
    remedy:
      'See who writes to the bot that much: Teams takes two messages a second in one chat, for longer than moments.',
  },
  'send.too-long': {
    reason: 'it is longer than Teams takes in one message',
    remedy: 'Report it. A short message was sent in its place.',
  },
} as const;

export type SendErrorCode = keyof typeof sendErrors;

/** A message that did not go out, or of which nobody knows whether it did. Says nothing of what is in it. */
export class SendError extends CodedError {
  declare readonly code: SendErrorCode;

  /** @param failed What Teams answered, when it did. */
  constructor(code: SendErrorCode, doing: string, outcome: Outcome, failed?: AttemptFailed) {
    const { reason, remedy } = sendErrors[code];
    const said = [failed?.status, failed?.code].filter((part) => part !== undefined).join(' ');
    super(code, {
      doing,
      reason: said === '' ? reason : `${reason} (${said})`,
      remedy,
      outcome,
      cause: failed,
    });
    this.name = 'SendError';
  }
}

/** Time does not heal it: the message was deleted, the app removed or blocked. */
export const isClosed = (error: unknown): boolean =>
  error instanceof SendError && error.code === 'send.closed';

/** The message may be there, and may not. */
export const isUnsure = (error: unknown): boolean =>
  error instanceof SendError && error.code === 'send.unsure';
