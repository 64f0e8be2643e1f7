import type { Activity, Request, Response, TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { PostedCard } from '../changes/place.ts';
import type { Chat, Inbound, Reply } from '../conversation/chat.ts';
import { ActivityDeclined } from './activity-declined.ts';
import { admit } from './admit.ts';
import { botFrameworkAuthentication } from './bot-framework-authentication.ts';
import { cardActivity } from './card-activity.ts';
import type { Credentials } from './connector-credentials.ts';
import { inboundOf } from './inbound-activity.ts';
import { invokeResponse, notImplemented } from './invoke-response.ts';
import { createMembers } from './members.ts';
import { quietResponse } from './quiet-response.ts';
import { RequestRefused } from './request-refused.ts';
import { TeamsAdapter } from './teams-adapter.ts';
import { teamsChat } from './teams-chat.ts';
import { cloudOf, type Trust } from './trust.ts';
import { distrustOf } from './trusted-caller.ts';
import { type Stranger, wordsFor } from './words-for-strangers.ts';

export interface TeamsBotOptions {
  readonly trust: Trust;
  /** Undefined only in the demo: everything is accepted then, so the listener must be loopback. */
  readonly credentials: Credentials | undefined;
  readonly now?: () => Date;
  readonly onTrouble: (doing: string, error: unknown) => void;
}

export interface TeamsBot {
  readonly chat: Chat;
  /** Hands one request of the Bot Framework service to `answer`; the response is written before it resolves. */
  process(request: Request, response: Response, answer: Answer): Promise<void>;
  /** Ends when all that runs outside turns has ended. */
  drain(): Promise<void>;
}

export type Answer = (inbound: Inbound) => Promise<Reply>;

export const createTeamsBot = ({
  trust,
  credentials,
  now = () => new Date(),
  onTrouble,
}: TeamsBotOptions): TeamsBot => {
  const authentication = botFrameworkAuthentication(credentials, trust);
  const adapter = new TeamsAdapter(authentication);
  // The demo takes everybody at their word.
  const members = credentials === undefined ? undefined : createMembers(trust, now, onTrouble);
  // The default prints the error with what it quotes; every turn of ours ends in `turn`, so this is for the rest.
  adapter.onTurnError = async (_context, error) => onTrouble('running a turn', error);
  const chat = teamsChat(adapter, credentials?.appId ?? '');
  const outside = new Set<Promise<void>>();

  const afterTurn = (work: () => Promise<void>): void => {
    const ended = work()
      .catch((error: unknown) => onTrouble('working after a turn', error))
      .finally(() => outside.delete(ended));
    outside.add(ended);
  };

  /** Only what a person asks for is worth the question. */
  const strangerIn = async (context: TurnContext): Promise<'guest' | 'unknown' | undefined> => {
    const { type } = context.activity;
    if (members === undefined || (type !== 'message' && type !== 'invoke')) return undefined;
    const standing = await members.standingOf(context);
    return standing === 'member' ? undefined : standing;
  };

  const turn = async (context: TurnContext, answer: Answer): Promise<void> => {
    const distrust = distrustOf(context.activity, trust) ?? (await strangerIn(context));
    if (distrust !== undefined) {
      onTrouble('receiving an activity', new ActivityDeclined(distrust));
      return decline(context, distrust).catch((error: unknown) => onTrouble('declining an activity', error));
    }
    try {
      const inbound = inboundOf(context.activity);
      if (inbound === undefined) return await ignore(context);
      const reply = await answer(inbound);
      await (inbound.kind === 'press'
        ? answerPress(context, inbound, reply, { chat, afterTurn, onTrouble })
        : answerMessage(context, inbound, reply, afterTurn));
    } catch (error) {
      onTrouble(context.activity.type === 'invoke' ? 'answering a press' : 'answering a message', error);
      await apologise(context).catch((again: unknown) => onTrouble('telling of the trouble', again));
    }
  };

  return {
    chat,
    process: async (request, response, answer) => {
      const quiet = quietResponse(response);
      const answerWith = (status: number, body?: unknown): void => {
        quiet.status(status);
        if (body !== undefined) quiet.send(body);
        quiet.end();
      };
      const activity = activityShape.safeParse(request.body).data as Activity | undefined;
      if (activity === undefined) return answerWith(400);
      const { authorization: given } = request.headers;
      const authorization = typeof given === 'string' ? given : '';
      // Not worth a line in the log: whoever scans the network does this.
      if (credentials !== undefined && authorization === '') return answerWith(401);
      try {
        const admitted = await (credentials === undefined
          ? authentication.authenticateRequest(activity, '')
          : admit(authentication, cloudOf(trust).channel, activity, authorization));
        const invoked = await adapter.run(admitted, activity, (context) => turn(context, answer));
        answerWith(invoked?.status ?? 200, invoked?.body);
      } catch (error) {
        onTrouble('receiving a request', error);
        answerWith(error instanceof RequestRefused ? error.status : 500);
      }
    },
    drain: async () => {
      while (outside.size > 0) await Promise.all(outside);
    },
  };
};

/** What the adapter needs before it looks at anything else. */
const activityShape = z.looseObject({ type: z.string().min(1) });

type AfterTurn = (work: () => Promise<void>) => void;

const answerMessage = async (
  context: TurnContext,
  inbound: Inbound,
  reply: Reply,
  afterTurn: AfterTurn,
): Promise<void> => {
  if (reply.message !== undefined) await context.sendActivity(reply.message);
  const sent = reply.card === undefined ? undefined : await context.sendActivity(cardActivity(reply.card));
  const { afterwards } = reply;
  if (afterwards !== undefined) {
    afterTurn(() => afterwards({ where: inbound.where, messageId: sent?.id ?? '' }));
  }
};

/** What an answer may use when the turn is over. */
interface Outside extends Pick<TeamsBotOptions, 'onTrouble'> {
  readonly chat: Chat;
  readonly afterTurn: AfterTurn;
}

const answerPress = async (
  context: TurnContext,
  inbound: Extract<Inbound, { kind: 'press' }>,
  reply: Reply,
  { chat, afterTurn, onTrouble }: Outside,
): Promise<void> => {
  const isInvoke = context.activity.type === 'invoke';
  const pressed: PostedCard = { where: inbound.where, messageId: inbound.cardId ?? '' };
  if (isInvoke) {
    await context.sendActivity(
      invokeResponse(reply.card === undefined ? { text: reply.message ?? seen } : { card: reply.card }),
    );
  } else if (reply.message !== undefined) {
    await context.sendActivity(reply.message);
  }
  const { card, privately = false, afterwards } = reply;
  afterTurn(async () => {
    // The invoke's answer changes the card for the person who pressed; this changes it for everybody.
    if (card !== undefined && pressed.messageId !== '' && !(privately && isInvoke)) {
      // A card that is gone must not keep the work from being done.
      await chat
        .replace(pressed, card)
        .catch((error: unknown) => onTrouble('replacing the pressed card', error));
    }
    const posted =
      card !== undefined && pressed.messageId === '' ? await chat.post(inbound.where, card) : pressed;
    await afterwards?.(posted);
  });
};

const seen = 'I have your press. The answer follows.';

/** What the bot has no use for: an invoke still gets the answer that the protocol waits for. */
const ignore = async (context: TurnContext): Promise<void> => {
  if (context.activity.type === 'invoke') await context.sendActivity(notImplemented);
};

/**
 * An activity of somebody who is not trusted does nothing. A press is answered in its own response, a message in the chat,
 * as far as that chat is one of Teams.
 */
const decline = async (context: TurnContext, distrust: Stranger): Promise<void> => {
  const { type } = context.activity;
  const words = wordsFor(distrust);
  if (type === 'invoke') await context.sendActivity(invokeResponse({ text: words }));
  const isTeams = !['channel', 'service-url', 'bot', 'shape'].includes(distrust);
  if (type === 'message' && isTeams) await context.sendActivity(words);
};

const apologise = async (context: TurnContext): Promise<void> => {
  await context.sendActivity(
    context.activity.type === 'invoke' ? invokeResponse({ text: apology }) : apology,
  );
};

const apology =
  'I could not finish my answer: my store or a part of me does not respond. Wait a minute, then write check and the name of the server: that says what is true.';
