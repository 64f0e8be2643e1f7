import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { own, type Words } from '../../cards/own-text.ts';
import type { Place, PostedCard } from '../changes/place.ts';
import type { Inbound, Reply } from '../conversation/chat.ts';
import { confirmed } from '../conversation/confirmed.ts';
import { clientLanguage } from './client-language.ts';
import { invokeResponse } from './invoke-response.ts';
import type { TeamsChat } from './teams-chat.ts';

export type Answer = (inbound: Inbound) => Promise<Reply>;

/** What an answer may use, also when the turn is over. */
export interface Outside {
  readonly chat: TeamsChat;
  readonly onTrouble: (doing: string, error: unknown) => void;
  /** Goes on when the turn is over, and a stop waits for it. What it throws goes to the log: never rejects. */
  readonly work: (doing: string, something: () => Promise<void>) => Promise<void>;
  /** What the promise brings, or undefined when it is not there within so many milliseconds. */
  readonly soon: <Result>(promise: Promise<Result>, within: number) => Promise<Result | undefined>;
}

/** Teams sends a message again after 15 s, and tells the person after 10 s that a press went wrong. Milliseconds. */
export const messageWithin = 5_000;
const pressWithin = 5_000;

/** A message is acknowledged when it is answered. An answer that has to wait for its turn in the chat is sent after that. */
export const answerMessage = async (
  inbound: Exclude<Inbound, { kind: 'press' }>,
  answer: Answer,
  out: Outside,
): Promise<undefined> => {
  const { where } = inbound;
  const answered = out.work('answering a message', async () => {
    // Only of an answer that was not found: where one could not be sent, a second message would fare no better, or stand beside it.
    const { message, card, afterwards } = await orApology('answering a message', answer(inbound), out);
    let posted: PostedCard = { where, messageId: '' };
    if (message !== undefined) await say(out.chat, where, message);
    if (card !== undefined) posted = await confirmed(out.chat, where, () => out.chat.post(where, card));
    if (afterwards !== undefined) void out.work('working after a turn', () => afterwards(posted));
  });
  await out.soon(answered, messageWithin);
};

const orApology = (doing: string, replying: Promise<Reply>, { onTrouble }: Outside): Promise<Reply> =>
  replying.catch((error: unknown) => {
    onTrouble(doing, error);
    return { message: apology };
  });

const say = (chat: TeamsChat, where: Place, text: Words): Promise<PostedCard> =>
  confirmed(chat, where, () => chat.say(where, text));

/** A client asks by itself, for its view of a card: nobody waits for more than that. */
const automatic = z.object({ trigger: z.literal('automatic') });

/** A press is answered in the response, or by the fallback of old clients, which send a message, in the chat. */
export const answerPress = async (
  { type, value, locale }: Activity,
  inbound: Extract<Inbound, { kind: 'press' }>,
  answer: Answer,
  out: Outside,
): Promise<Partial<Activity> | undefined> => {
  const replying = orApology('answering a press', answer(inbound), out);
  if (type !== 'invoke') {
    const answered = out.work('answering a press', async () =>
      followPress(inbound, await replying, 'message', out),
    );
    await out.soon(answered, messageWithin);
    return undefined;
  }
  const language = clientLanguage({ locale });
  const reply = await out.soon(replying, pressWithin);
  if (automatic.safeParse(value).success) {
    return invokeResponse(
      reply?.card === undefined ? { text: notRefreshed } : { card: reply.card },
      language,
    );
  }
  void out.work('working after a press', async () =>
    followPress(inbound, reply ?? (await replying), reply === undefined ? 'late' : 'response', out),
  );
  return invokeResponse(
    reply?.card === undefined ? { text: reply?.message ?? seen } : { card: reply.card },
    language,
  );
};

/** What follows a press. `answered`: in the response, in the chat because that was late, or because an old client sent a message. */
const followPress = async (
  { where, cardId = '' }: Extract<Inbound, { kind: 'press' }>,
  { card, message, privately = false, afterwards }: Reply,
  answered: 'response' | 'late' | 'message',
  { chat, work }: Outside,
): Promise<void> => {
  let posted: PostedCard = { where, messageId: cardId };
  if (answered !== 'response' && message !== undefined) await say(chat, where, message);
  if (card !== undefined && cardId === '') {
    posted = await confirmed(chat, where, () => chat.post(where, card));
  } else if (card !== undefined && privately && answered === 'late') {
    await say(chat, where, tooSlow);
  } else if (card !== undefined && !(privately && answered === 'response')) {
    // The invoke's answer changes the card for the person who pressed; this changes it for everybody. The work does not
    // wait for it, for its turn may come late, and the card may be gone.
    void work('replacing the pressed card', () => chat.replace(posted, card));
  }
  await afterwards?.(posted);
};

const seen = own`I have your press. The answer follows.`;

const notRefreshed = own`This card could not be brought up to date now. Press one of its buttons to see what is true.`;

const tooSlow = own`My answer to your press took longer than Teams waits for it. Press again to see it.`;

export const apology = own`I could not finish my answer: my store or a part of me does not respond. Wait a minute, then write check and the name of the server: that says what is true.`;
