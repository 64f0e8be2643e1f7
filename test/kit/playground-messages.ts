import { once } from 'node:events';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { cardOf } from './card-reader.ts';
import type { ShownMessage } from './fake-connector.ts';

/** What the playground's server tells its page (version 0.2.28). */
const frame = z.object({
  action: z.enum(['createMessage', 'updateMessage']),
  actionConversationId: z.string(),
  message: z.looseObject({ messageId: z.string() }),
});

export interface PlaygroundMessages {
  /** The newest message in a conversation whose card says something like this, now or later. */
  until(conversationId: string, says: RegExp): Promise<ShownMessage>;
}

/** The messages that come to a page of the playground, which must not have opened its address yet. */
export const messagesOn = (page: Page): PlaygroundMessages => {
  const messages = new Map<string, ShownMessage>();
  const news = new EventTarget();
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const told = frame.safeParse(JSON.parse(String(payload))).data;
      if (told === undefined) return;
      const { messageId: id, ...activity } = told.message;
      const versions = [...(messages.get(id)?.versions ?? []), activity];
      messages.set(id, {
        id,
        conversationId: told.actionConversationId,
        replyToId: undefined,
        activity,
        versions,
      });
      news.dispatchEvent(new Event('message'));
    });
  });
  return {
    until: async (conversationId, says) => {
      const isIt = (message: ShownMessage): boolean =>
        message.conversationId.startsWith(conversationId) &&
        says.test(String(cardOf(message.activity)?.speak));
      for (;;) {
        const found = [...messages.values()].findLast(isIt);
        if (found !== undefined) return found;
        await once(news, 'message');
      }
    },
  };
};
