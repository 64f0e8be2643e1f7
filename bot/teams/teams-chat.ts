import type { Activity, ConversationReference } from 'botbuilder';
import type { Card } from '../../cards/card.ts';
import type { Words } from '../../cards/own-text.ts';
import type { Place, PostedCard } from '../changes/place.ts';
import type { Chat } from '../conversation/chat.ts';
import type { Letter } from '../sending/letter.ts';
import type { Outbox } from '../sending/outbox.ts';
import { SendError } from '../sending/send-error.ts';
import type { ClosedChats } from './closed-chats.ts';
import { languageIn } from './conversation-address.ts';
import { fitCard, fitText, tooLongCard } from './fit-message.ts';
import type { TeamsAdapter } from './teams-adapter.ts';

export interface TeamsChat extends Chat {
  /** A plain line. */
  say(where: Place, text: Words): Promise<PostedCard>;
}

export interface TeamsChatOptions {
  readonly adapter: TeamsAdapter;
  readonly outbox: Outbox;
  readonly closedChats: ClosedChats;
  /** Milliseconds of the clock of the outbox. */
  readonly monotonic: () => number;
  readonly onTrouble: (doing: string, error: unknown) => void;
}

/** A person waits for an answer so long, milliseconds, and Teams may ask for a rest of minutes. */
const answerWithin = 5 * 60_000;

/** The way out to Teams: everything that the bot sends, but the response to an invoke, goes through the one outbox. */
export const teamsChat = ({
  adapter,
  outbox,
  closedChats,
  monotonic,
  onTrouble,
}: TeamsChatOptions): TeamsChat => {
  // In the outbox at once: of two replacements of one message the one that was asked for later is the newer one.
  const send = (
    { conversationId }: Place,
    { send, ...letter }: Pick<Letter, 'doing' | 'send'> & Partial<Letter>,
  ): Promise<string> =>
    outbox.send({
      conversation: conversationId,
      urgency: 'answer',
      notAfter: monotonic() + answerWithin,
      ...letter,
      send: async () => {
        if (!(await closedChats.has(conversationId))) return send();
        throw new SendError('send.closed', letter.doing, 'not-sent');
      },
    });

  const messageOf = (card: Card, where: Place, doing: string): Partial<Activity> => {
    const language = languageIn(where.address);
    const message = fitCard(card, language);
    if (message === undefined) onTrouble(doing, new SendError('send.too-long', doing, 'not-sent'));
    return message ?? tooLongCard(language);
  };

  const post = (where: Place, message: Partial<Activity>, doing: string): Promise<string> =>
    send(where, { doing, send: () => adapter.post(referenceOf(where), message) });

  const chat: TeamsChat = {
    say: async (where, text) => {
      const doing = 'posting a line';
      const language = languageIn(where.address);
      const message = fitText(text.in(language));
      if (message === undefined) onTrouble(doing, new SendError('send.too-long', doing, 'not-sent'));
      return { where, messageId: await post(where, message ?? tooLongCard(language), doing) };
    },
    post: async (where, card) => {
      const doing = 'posting a card';
      return { where, messageId: await post(where, messageOf(card, where, doing), doing) };
    },
    replace: async ({ where, messageId }, card, progress) => {
      if (messageId === '') {
        // Teams named no id for it, so the answer comes as a message of its own.
        if (progress === undefined) await chat.post(where, card);
        return;
      }
      const doing = 'replacing a card';
      const message = messageOf(card, where, doing);
      await send(where, {
        doing,
        replaces: messageId,
        send: () => adapter.replace(referenceOf(where), messageId, message),
        ...(progress === undefined ? {} : { urgency: 'progress', notAfter: monotonic() + progress.within }),
      });
    },
  };
  return chat;
};

// The address was written by `inboundOf` and never leaves the store.
const referenceOf = (where: Place): Partial<ConversationReference> =>
  JSON.parse(where.address) as Partial<ConversationReference>;
