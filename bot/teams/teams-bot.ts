import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Request,
  type Response,
  type TurnContext,
} from 'botbuilder';
import { z } from 'zod';
import type { Card } from '../../cards/card.ts';
import type { PostedCard } from '../changes/place.ts';
import type { Chat, ExtensionAsk, ExtensionReply, Inbound, Reply } from '../conversation/chat.ts';
import { cardActivity } from './card-activity.ts';
import { isExtension } from './extension-activity.ts';
import { extensionAskOf, inboundOf } from './inbound-activity.ts';
import { extensionResponse, invokeResponse, notImplemented } from './invoke-response.ts';
import { quietResponse } from './quiet-response.ts';
import { teamsChat } from './teams-chat.ts';
import { type Distrust, distrustOf, type Trust } from './trusted-caller.ts';

export interface TeamsBotOptions {
  readonly trust: Trust;
  /** Undefined only in the demo: the Bot Framework then accepts everything, so the listener must be loopback. */
  readonly credentials:
    | { readonly appId: string; readonly password: string; readonly type: string }
    | undefined;
  readonly onTrouble: (doing: string, error: unknown) => void;
}

export interface TeamsBot {
  readonly chat: Chat;
  /** Hands one request of the Bot Framework service to `answer`; the response is written before it resolves. */
  process(request: Request, response: Response, answers: Answers): Promise<void>;
  /** Ends when all that runs outside turns has ended. */
  drain(): Promise<void>;
}

export interface Answers {
  readonly answer: (inbound: Inbound) => Promise<Reply>;
  /** Where it is left out, the message extension is not there. */
  readonly answerExtension?: (asked: ExtensionAsk) => ExtensionReply;
}

export const createTeamsBot = ({ trust, credentials, onTrouble }: TeamsBotOptions): TeamsBot => {
  const adapter = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication(
      credentials === undefined
        ? {}
        : {
            MicrosoftAppId: credentials.appId,
            MicrosoftAppPassword: credentials.password,
            MicrosoftAppType: credentials.type,
            MicrosoftAppTenantId: trust.tenantId,
          },
    ),
  );
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

  const turn = async (context: TurnContext, { answer, answerExtension }: Answers): Promise<void> => {
    const distrust = distrustOf(context.activity, trust);
    if (distrust !== undefined) {
      onTrouble('receiving an activity', new Error(`not worked on: ${distrust}`));
      return decline(context, distrust).catch((error: unknown) => onTrouble('declining an activity', error));
    }
    try {
      if (isExtension(context.activity.name)) return await extend(context, answerExtension);
      const inbound = inboundOf(context.activity);
      if (inbound === undefined) return await ignore(context);
      const reply = await answer(inbound);
      await (inbound.kind === 'press'
        ? answerPress(context, inbound, reply, { chat, afterTurn, onTrouble })
        : answerMessage(context, inbound, reply, { chat, afterTurn }));
    } catch (error) {
      onTrouble(`answering ${context.activity.type === 'invoke' ? 'a press' : 'a message'}`, error);
      await apologise(context).catch((again: unknown) => onTrouble('telling of the trouble', again));
    }
  };

  return {
    chat,
    process: async (request, response, answers) => {
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
      await adapter.process(request, quiet, (context) => turn(context, answers));
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
  { chat, afterTurn }: Pick<Outside, 'chat' | 'afterTurn'>,
): Promise<void> => {
  const { message, card, afterwards } = reply;
  if (message !== undefined) await context.sendActivity(message);
  const messageId = card === undefined ? '' : await send(context, inbound, card, chat);
  if (afterwards !== undefined) afterTurn(() => afterwards({ where: inbound.where, messageId }));
};

const send = async (context: TurnContext, inbound: Inbound, card: Card, chat: Chat): Promise<string> => {
  // A team may have chosen another channel for the first words than the one that tells of them.
  if (inbound.kind === 'installed') return (await chat.post(inbound.where, card)).messageId;
  return (await context.sendActivity(cardActivity(card)))?.id ?? '';
};

const extend = async (context: TurnContext, answer: Answers['answerExtension']): Promise<void> => {
  const asked = extensionAskOf(context.activity);
  await context.sendActivity(
    asked === undefined || answer === undefined ? notImplemented : extensionResponse(answer(asked)),
  );
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
const decline = async (context: TurnContext, distrust: Distrust): Promise<void> => {
  const { type } = context.activity;
  if (type === 'invoke') await context.sendActivity(lineOf(context, notForMe));
  const isTeams = distrust === 'tenant' || distrust === 'person';
  if (type === 'message' && isTeams) await context.sendActivity(notForMe);
};

const notForMe = 'I cannot tell who you are, so I do nothing. Write to me in Teams with your work account.';

const apologise = async (context: TurnContext): Promise<void> => {
  await context.sendActivity(context.activity.type === 'invoke' ? lineOf(context, apology) : apology);
};

/** A line of text in answer to an invoke. */
const lineOf = ({ activity }: TurnContext, text: string): Partial<Activity> =>
  isExtension(activity.name) ? extensionResponse({ text }) : invokeResponse({ text });

const apology =
  'I could not finish my answer: my store or a part of me does not respond. Wait a minute, then write check and the name of the server: that says what is true.';
