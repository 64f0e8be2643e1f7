import {
  type Activity,
  ConfigurationBotFrameworkAuthentication,
  type Request,
  type Response,
  type TurnContext,
} from 'botbuilder';
import { z } from 'zod';
import type { Chat, Inbound } from '../conversation/chat.ts';
import { createOutbox, type OutboxOptions } from '../sending/outbox.ts';
import {
  type Answer,
  answerMessage,
  answerPress,
  apology,
  messageWithin,
  type Outside,
} from './answer-inbound.ts';
import type { ClosedChats } from './closed-chats.ts';
import { connectorHttp } from './connector-http.ts';
import { isExtension } from './extension-activity.ts';
import { type AnswerExtension, extensionAnswer } from './extension-answer.ts';
import { inboundOf, placeOf } from './inbound-activity.ts';
import { lineInResponse, notImplemented } from './invoke-response.ts';
import { quietResponse } from './quiet-response.ts';
import { createRedeliveries } from './redeliveries.ts';
import { TeamsAdapter } from './teams-adapter.ts';
import { teamsChat } from './teams-chat.ts';
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
  process(request: Request, response: Response, answers: Answers): Promise<void>;
  /** Ends when all that runs outside turns has ended, and all that it sent is sent. */
  drain(): Promise<void>;
}

export interface Answers {
  readonly answer: Answer;
  /** Where it is left out, the message extension is not there. */
  readonly answerExtension?: AnswerExtension;
}

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
  const respond = async (activity: Activity, answers: Answers): Promise<Partial<Activity> | undefined> => {
    try {
      return await workOn(activity, answers);
    } catch (error) {
      onTrouble('working on an activity', error);
      return activity.type === 'invoke' ? lineInResponse(activity, apology) : undefined;
    }
  };

  const workOn = async (
    activity: Activity,
    { answer, answerExtension }: Answers,
  ): Promise<Partial<Activity> | undefined> => {
    const distrust = distrustOf(activity, trust);
    if (distrust !== undefined) {
      onTrouble('receiving an activity', new Error(`not worked on: ${distrust}`));
      return decline(activity, distrust, out);
    }
    if (isExtension(activity)) return extensionAnswer(activity, answerExtension);
    const inbound = inboundOf(activity);
    if (inbound === undefined) return activity.type === 'invoke' ? notImplemented : undefined;
    await noteDoor(inbound, closedChats);
    return inbound.kind === 'press'
      ? answerPress(activity, inbound, answer, out)
      : answerMessage(inbound, answer, out);
  };

  const turn = async (context: TurnContext, answers: Answers): Promise<void> => {
    const { activity } = context;
    const response = await redeliveries.once(activity, () => respond(activity, answers));
    if (response !== undefined) await context.sendActivity({ ...response });
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
      await outbox.drain();
    },
  };
};

/** What the adapter needs before it looks at anything else. */
const activityShape = z.looseObject({ type: z.string().min(1) });

/** A chat is open when somebody writes from it, and closed when the bot was taken out of it. */
const noteDoor = ({ kind, where }: Inbound, closedChats: ClosedChats): Promise<void> =>
  kind === 'removed'
    ? closedChats.close(where.conversationId, 'the bot was taken out')
    : closedChats.reopen(where.conversationId);

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
  if (type === 'invoke') return lineInResponse(activity, notForMe);
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
