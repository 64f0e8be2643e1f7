import type { Inbound } from './chat.ts';

type Message = Extract<Inbound, { kind: 'message' }>;

/** The message without the word "diagnose" at its beginning, where evidence to read stands behind it. */
export const withoutDiagnose = (message: Message): Message => {
  const [, evidence] = /^\s*diagnose(?:\s*:)?\s+(\S[\s\S]*)$/i.exec(message.text) ?? [];
  return evidence === undefined ? message : { ...message, text: evidence };
};
