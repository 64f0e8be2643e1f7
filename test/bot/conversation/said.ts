import type { Person } from '../../../bot/changes/person.ts';
import type { Place } from '../../../bot/changes/place.ts';
import type { Inbound } from '../../../bot/conversation/chat.ts';

type Message = Extract<Inbound, { kind: 'message' }>;

/** A message as the conversation takes it; words alone unless more is given. */
export const said = (text: string, who: Person, where: Place, more: Partial<Message> = {}): Message => ({
  kind: 'message',
  text,
  quoted: '',
  files: [],
  messageId: undefined,
  isEdit: false,
  installation: where.conversationId,
  top: where,
  thread: where.conversationId,
  personalChat: undefined,
  who,
  where,
  zone: undefined,
  ...more,
});
