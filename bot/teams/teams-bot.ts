import {
  type Activity,
  ConfigurationBotFrameworkAuthentication,
  type Request,
  type Response,
  type TurnContext,
} from 'botbuilder';
import { z } from 'zod';
import type { Place, PostedCard } from '../changes/place.ts';
import type { Chat, Inbound, Reply } from '../conversation/chat.ts';
import { confirmed } from '../conversation/confirmed.ts';
import { createOutbox, type OutboxOptions } from '../sending/outbox.ts';
import type { ClosedChats } from './closed-chats.ts';
import { connectorHttp } from './connector-http.ts';
import { inboundOf, placeOf } from './inbound-activity.ts';
import { invokeResponse, notImplemented } from './invoke-response.ts';
import { quietResponse } from './quiet-response.ts';
import { createRedeliveries } from './redeliveries.ts';
import { TeamsAdapter } from './teams-adapter.ts';
import { type TeamsChat, teamsChat } from './teams-chat.ts';
import { type Distrust, distrustOf, type Trust } from './trusted-caller.ts';

export interface TeamsBotOptions {
  readonly trust: Trust;
  /** Undefined only in the demo: the Bot Framework then accepts everything, so the listener must be loopback. */
  readonly credentials:
    | { readonly appId: string; readonly password: string; readonly type: string }
    | undefined;
  readonly sending: Omit<OutboxOptions, 'onClosed'>;
  readonly closedChats: ClosedChats;
  readonly onTrouble: (doing: string, error: unknown) => void;
}

export interface TeamsBot {
  readonly chat: Chat;
  /** Hands one request of the Bot Framework service to `answer`; the response is written before it resolves. */
  process(request: Request, response: Response, answer: Answer): Promise<void>;
  /** Ends when all that runs outside turns has ended, and all that it sent is sent. */
  drain(): Promise<void>;
}

export type Answer = (inbound: Inbound) => Promise<Reply>;

export const createTeamsBot = (options: TeamsBotOptions): TeamsBot => {
  const { trust, credentials, sending, closedChats, onTrouble } = options;
  const adapter = new TeamsAdapter(
    new ConfigurationBotFrameworkAuthentication(
      credentials === undefined
        ? {}
        : {
            MicrosoftAppId: credentials.appId,
            MicrosoftAppPassword: credentials.password,
            MicrosoftAppType: credentials.type,
            MicrosoftAppTenantId: trust.tenantId,
          },
      undefined,
      undefined,
      undefined,
      { httpClient: connectorHttp() },
    ),
    credentials?.appId ?? '',
  );
  // The default prints the error with what it quotes; every turn of ours ends in `respond`, so this is for the rest.
  adapter.onTurnError = async (_context, error) => onTrouble('running a turn', error);
  const { monotonic, pause } = sending;
  const outbox = createOutbox({
    ...sending,
    onClosed: (conversation, error) => void closedChats.close(conversation, error.reason),
  });
  const chat = teamsChat({ adapter, outbox, closedChats, monotonic, onTrouble });
  const outside = new Set<Promise<void>>();
  const redeliveries = createRedeliveries<Partial<Activity> | undefined>(monotonic);

  const work: Outside['work'] = (doing, something) => {
    const ended = something()
      .catch((error: unknown) => onTrouble(doing, error))
      .finally(() => outside.delete(ended));
    outside.add(ended);
    return ended;
  };

  const soon: Outside['soon'] = async (promise, within) => {
    const waited = new AbortController();
    const late = pause(within, waited.signal).then(() => undefined);
    return Promise.race([promise, late]).finally(() => waited.abort());
  };

  const out: Outside = { chat, work, soon, onTrouble };

  /** What goes into the response; undefined where it is empty. */
  const respond = async (activity: Activity, answer: Answer): Promise<Partial<Activity> | undefined> => {
    try {
      return await workOn(activity, answer);
    } catch (error) {
      onTrouble('working on an activity', error);
      return activity.type === 'invoke' ? invokeResponse({ text: apology }) : undefined;
    }
  };

  const workOn = async (activity: Activity, answer: Answer): Promise<Partial<Activity> | undefined> => {
    const distrust = distrustOf(activity, trust);
    if (distrust !== undefined) {
      onTrouble('receiving an activity', new Error(`not worked on: ${distrust}`));
      return decline(activity, distrust, out);
    }
    await noteDoor(activity, closedChats);
    const inbound = inboundOf(activity);
    if (inbound === undefined) return activity.type === 'invoke' ? notImplemented : undefined;
    return inbound.kind === 'press'
      ? answerPress(activity, inbound, answer, out)
      : answerMessage(inbound, answer, out);
  };

  const turn = async (context: TurnContext, answer: Answer): Promise<void> => {
    const { activity } = context;
    const response = await redeliveries.once(activity, () => respond(activity, answer));
    if (response !== undefined) await context.sendActivity({ ...response });
  };

  return {
    chat,
    process: async (request, response, answer) => {
      const quiet = quietResponse(response);
      if (!activityShape.safeParse(request.body).success) {
        quiet.status(400);
        quiet.end();
        return;
      }
      // The adapter would refuse it too, and print a stack for each: anybody could fill the log.
      if (credentials !== undefined && request.headers.authorization === undefined) {
        quiet.status(401);
        quiet.end();
        return;
      }
      await adapter.process(request, quiet, (context) => turn(context, answer));
    },
    drain: async () => {
      while (outside.size > 0) await Promise.all(outside);
      await outbox.drain();
    },
  };
};

/** What the adapter needs before it looks at anything else. */
const activityShape = z.looseObject({ type: z.string().min(1) });

/** What an answer may use, also when the turn is over. */
interface Outside extends Pick<TeamsBotOptions, 'onTrouble'> {
  readonly chat: TeamsChat;
  /** Goes on when the turn is over, and a stop waits for it. What it throws goes to the log: never rejects. */
  readonly work: (doing: string, something: () => Promise<void>) => Promise<void>;
  /** What the promise brings, or undefined when it is not there within so many milliseconds. */
  readonly soon: <Result>(promise: Promise<Result>, within: number) => Promise<Result | undefined>;
}

/** Teams sends a message again after 15 s, and tells the person after 10 s that a press went wrong. Milliseconds. */
const messageWithin = 10_000;
const pressWithin = 7_000;

/** A message is acknowledged when it is answered. An answer that has to wait for its turn in the chat is sent after that. */
const answerMessage = async (
  inbound: Exclude<Inbound, { kind: 'press' }>,
  answer: Answer,
  out: Outside,
): Promise<undefined> => {
  const { where } = inbound;
  const answered = out.work('answering a message', async () => {
    try {
      const { message, card, afterwards } = await answer(inbound);
      let posted: PostedCard = { where, messageId: '' };
      if (message !== undefined) await say(out.chat, where, message);
      if (card !== undefined) posted = await confirmed(out.chat, where, () => out.chat.post(where, card));
      if (afterwards !== undefined) void out.work('working after a turn', () => afterwards(posted));
    } catch (error) {
      out.onTrouble('answering a message', error);
      await say(out.chat, where, apology);
    }
  });
  await out.soon(answered, messageWithin);
};

const say = (chat: TeamsChat, where: Place, text: string): Promise<PostedCard> =>
  confirmed(chat, where, () => chat.say(where, text));

/** A press is answered in the response, or by the fallback of old clients, which send a message, in the chat. */
const answerPress = async (
  { type }: Activity,
  inbound: Extract<Inbound, { kind: 'press' }>,
  answer: Answer,
  out: Outside,
): Promise<Partial<Activity> | undefined> => {
  const replying = answer(inbound).catch((error: unknown): Reply => {
    out.onTrouble('answering a press', error);
    return { message: apology };
  });
  if (type !== 'invoke') {
    const answered = out.work('answering a press', async () =>
      followPress(inbound, await replying, 'message', out),
    );
    await out.soon(answered, messageWithin);
    return undefined;
  }
  const reply = await out.soon(replying, pressWithin);
  void out.work('working after a press', async () =>
    followPress(inbound, reply ?? (await replying), reply === undefined ? 'late' : 'response', out),
  );
  return invokeResponse(reply?.card === undefined ? { text: reply?.message ?? seen } : { card: reply.card });
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

const seen = 'I have your press. The answer follows.';

const tooSlow = 'My answer to your press took longer than Teams waits for it. Press again to see it.';

/** A chat is open when somebody writes from it, and closed when the bot was taken out of it. */
const noteDoor = async (activity: Activity, closedChats: ClosedChats): Promise<void> => {
  const { conversationId } = placeOf(activity);
  const { type, action } = activity;
  if (type === 'installationUpdate' && action === 'remove') {
    await closedChats.close(conversationId, 'the bot was taken out');
  } else if (type === 'message' || type === 'invoke' || type === 'installationUpdate') {
    await closedChats.reopen(conversationId);
  }
};

/**
 * An activity of somebody who is not trusted does nothing. A press is answered in its own response, a message in the chat,
 * as far as that chat is one of Teams.
 */
const decline = async (
  activity: Activity,
  distrust: Distrust,
  { chat, work, soon }: Outside,
): Promise<Partial<Activity> | undefined> => {
  const { type } = activity;
  if (type === 'invoke') return invokeResponse({ text: notForMe });
  const isTeams = distrust === 'tenant' || distrust === 'person';
  if (type === 'message' && isTeams) {
    const declined = work('declining an activity', async () => {
      await chat.say(placeOf(activity), notForMe);
    });
    await soon(declined, messageWithin);
  }
  return undefined;
};

const notForMe = 'I cannot tell who you are, so I do nothing. Write to me in Teams with your work account.';

const apology =
  'I could not finish my answer: my store or a part of me does not respond. Wait a minute, then write check and the name of the server: that says what is true.';
