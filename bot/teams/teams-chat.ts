import type { Activity, ConversationReference } from 'botbuilder';
import type { Language } from '../../cards/languages/language.ts';
import type { Words } from '../../cards/own-text.ts';
import type { Place, PostedCard } from '../changes/place.ts';
import type { Chat } from '../conversation/chat.ts';
import type { Letter } from '../sending/letter.ts';
import type { Outbox } from '../sending/outbox.ts';
import { SendError } from '../sending/send-error.ts';
import { clientLanguage } from './client-language.ts';
import type { ClosedChats } from './closed-chats.ts';
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

  /** In the language of who wrote there last. */
  const messageFor = (where: Place, doing: string, fit: FitMessage): Partial<Activity> => {
    const language = clientLanguage(referenceOf(where));
    const message = fit(language);
    if (message === undefined) onTrouble(doing, new SendError('send.too-long', doing, 'not-sent'));
    return message ?? tooLongCard(language);
  };

  const post = (where: Place, message: Partial<Activity>, doing: string): Promise<string> =>
    send(where, { doing, send: () => adapter.post(referenceOf(where), message) });

  const chat: TeamsChat = {
    say: async (where, text) => {
      const doing = 'posting a line';
      const message = messageFor(where, doing, (language) => fitText(text.in(language)));
      return { where, messageId: await post(where, message, doing) };
    },
    post: async (where, card) => {
      const doing = 'posting a card';
      const message = messageFor(where, doing, (language) => fitCard(card, language));
      return { where, messageId: await post(where, message, doing) };
    },
    replace: async ({ where, messageId }, card, progress) => {
      if (messageId === '') {
        // Teams named no id for it, so the answer comes as a message of its own.
        if (progress === undefined) await chat.post(where, card);
        return;
      }
      const doing = 'replacing a card';
      const message = messageFor(where, doing, (language) => fitCard(card, language));
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

/** Undefined: it does not fit into a message. */
type FitMessage = (language: Language) => Partial<Activity> | undefined;

// The address was written by `inboundOf` and never leaves the store.
const referenceOf = (where: Place): Partial<ConversationReference> =>
  JSON.parse(where.address) as Partial<ConversationReference>;
