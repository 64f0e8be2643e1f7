import type { Card } from '../../cards/card.ts';
import type { Words } from '../../cards/own-text.ts';
import type { Person } from '../changes/person.ts';
import type { Place, PostedCard } from '../changes/place.ts';

/** A file that a person sent. */
export type SentFile =
  /** `url` gives it to whoever has it: it is neither kept nor logged. Both are outside text. */
  | { readonly kind: 'download'; readonly name: string; readonly url: string }
  | { readonly kind: 'picture' }
  /** The chat tells of it and does not hand it over. */
  | { readonly kind: 'absent' };

export type Inbound =
  | {
      readonly kind: 'message';
      /** The person's own words. */
      readonly text: string;
      /** What the message answers to or passes on; empty when it does neither. */
      readonly quoted: string;
      readonly files: readonly SentFile[];
      /** Names the message in its conversation; an edit comes with the same one. */
      readonly messageId: string | undefined;
      /** The person has changed what they wrote before. */
      readonly isEdit: boolean;
      /** The team that a channel belongs to, else the chat. */
      readonly installation: string;
      /** Where a message that answers to none is posted: the channel, and not the thread. */
      readonly top: Place;
      /** The conversation, in a channel with its thread. */
      readonly thread: string;
      /** Opens the personal chat with the bot, where the client says who the bot is. */
      readonly personalChat: string | undefined;
      readonly who: Person;
      readonly where: Place;
      /** IANA name of the person's zone, when the client says it. */
      readonly zone: string | undefined;
    }
  | {
      readonly kind: 'press';
      readonly token: string;
      /** Values of the inputs on the card, by id. Toggles come as "true" and "false". */
      readonly inputs: Readonly<Record<string, string>>;
      readonly who: Person;
      readonly where: Place;
      /** The message whose button was pressed, when the client says so. */
      readonly cardId: string | undefined;
      readonly zone: string | undefined;
    }
  | {
      /** The bot came into a chat or a team, or was taken out of it. Told several times. */
      readonly kind: 'installed' | 'removed';
      /** The team, or the chat. */
      readonly installation: string;
      /** Both fields empty when the client does not say who did it. */
      readonly who: Person;
      readonly where: Place;
      readonly zone: string | undefined;
    };

/** The message extension "Diagnose". It is opened also in chats that the bot is no member of, so it has no place. */
export interface ExtensionAsk {
  /** A form to paste into, the answer to a text, or that answer as a card that the person posts. */
  readonly wants: 'form' | 'answer' | 'insert';
  readonly text: string;
  readonly quoted: string;
  /** The message shows a file or a picture. */
  readonly namesFile: boolean;
  readonly personalChat: string | undefined;
  readonly who: Person;
  readonly zone: string | undefined;
}

/** The answer to it: a window that this person alone sees, or what they may send as a message of their own. */
export type ExtensionReply =
  | { readonly window: { readonly title: Words; readonly card: Card } }
  | { readonly insert: Card };

/**
 * The way out: what bot/teams does for the rest, within the limits of Teams. All throw a SendError: of what did not go out, of what
 * is closed for good, and of a new message of which nobody knows whether it is there.
 */
export interface Chat {
  post(where: Place, card: Card): Promise<PostedCard>;
  /**
   * `progress`: the card only tells how far something is. It goes behind what people wait for, and not at all when its turn does
   * not come `within` so many milliseconds.
   */
  replace(posted: PostedCard, card: Card, progress?: { readonly within: number }): Promise<void>;
}

/** What is answered inside the turn; the work goes on in `afterwards`, outside it. */
export interface Reply {
  /** A new message (on a message), or the card that takes the place of the pressed one (on a press). */
  readonly card?: Card;
  /** On a press: the card is for the person who pressed; everybody else keeps what the message shows. */
  readonly privately?: boolean;
  /** A plain message in answer to a press; the pressed card stays as it is. */
  readonly message?: Words;
  /** Runs after the turn was answered. `posted` is the new card's message, or the pressed one's. */
  readonly afterwards?: (posted: PostedCard) => Promise<void>;
}
