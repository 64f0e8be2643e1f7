import type { Activity, Request, Response, TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Chat, Inbound } from '../conversation/chat.ts';
import { createOutbox, type OutboxOptions } from '../sending/outbox.ts';
import { ActivityDeclined } from './activity-declined.ts';
import { admit } from './admit.ts';
import {
  type Answer,
  answerMessage,
  answerPress,
  apology,
  messageWithin,
  type Outside,
} from './answer-inbound.ts';
import { botFrameworkAuthentication } from './bot-framework-authentication.ts';
import type { ClosedChats } from './closed-chats.ts';
import type { Credentials } from './connector-credentials.ts';
import { isExtension } from './extension-activity.ts';
import { type AnswerExtension, extensionAnswer } from './extension-answer.ts';
import { inboundOf, placeOf } from './inbound-activity.ts';
import { lineInResponse, notImplemented } from './invoke-response.ts';
import { isToBeAnswered, type LateAnswers, noteUnheard } from './late-answers.ts';
import { createMembers } from './members.ts';
import { someText } from './outside-text.ts';
import { quietResponse } from './quiet-response.ts';
import { createRedeliveries } from './redeliveries.ts';
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
  readonly sending: Omit<OutboxOptions, 'onClosed'>;
  readonly closedChats: ClosedChats;
  /** Left out where one process hears everything. */
  readonly lateAnswers?: LateAnswers;
  readonly onTrouble: (doing: string, error: unknown) => void;
}

export interface TeamsBot {
  readonly chat: Chat;
  /**
   * Hands one request of the Bot Framework service to `answer`; the response is written before it resolves.
   * @param gone Aborted when the response does not reach the service.
   */
  process(request: Request, response: Response, answers: Answers, gone?: AbortSignal): Promise<void>;
  /** Ends when all that runs outside turns has ended, and all that it sent is sent. */
  drain(): Promise<void>;
}

export interface Answers {
  readonly answer: Answer;
  /** Where it is left out, the message extension is not there. */
  readonly answerExtension?: AnswerExtension;
}

export const createTeamsBot = (options: TeamsBotOptions): TeamsBot => {
  const { trust, credentials, sending, closedChats, lateAnswers = alone, now = () => new Date() } = options;
  const { onTrouble } = options;
  const authentication = botFrameworkAuthentication(credentials, trust);
  const adapter = new TeamsAdapter(authentication, credentials?.appId ?? '');
  // The demo takes everybody at their word.
  const members = credentials === undefined ? undefined : createMembers(trust, now, onTrouble);
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
  const respond = async (context: TurnContext, answers: Answers): Promise<Partial<Activity> | undefined> => {
    const { activity } = context;
    try {
      return await workOn(context, answers);
    } catch (error) {
      onTrouble('working on an activity', error);
      return activity.type === 'invoke' ? lineInResponse(activity, apology) : undefined;
    }
  };

  /** Only what a person asks for is worth the question; the message extension is also where the bot may not ask it, and knows no server. */
  const strangerIn = async (context: TurnContext): Promise<'guest' | 'unknown' | undefined> => {
    const { type } = context.activity;
    if (members === undefined || (type !== 'message' && type !== 'invoke')) return undefined;
    if (isExtension(context.activity)) return undefined;
    const standing = await members.standingOf(context);
    return standing === 'member' ? undefined : standing;
  };

  const workOn = async (
    context: TurnContext,
    { answer, answerExtension }: Answers,
  ): Promise<Partial<Activity> | undefined> => {
    const { activity } = context;
    const distrust = distrustOf(activity, trust) ?? (await strangerIn(context));
    if (distrust !== undefined) {
      onTrouble('receiving an activity', new ActivityDeclined(distrust));
      return decline(activity, distrust, out, closedChats);
    }
    if (isExtension(activity)) return extensionAnswer(activity, answerExtension);
    const inbound = inboundOf(activity);
    if (inbound === undefined) return activity.type === 'invoke' ? notImplemented : undefined;
    await noteDoor(inbound, closedChats);
    if (inbound.kind === 'press') return answerPress(activity, inbound, answer, out);
    return (await isToBeAnswered(activity, now(), lateAnswers))
      ? answerMessage(inbound, answer, out)
      : undefined;
  };

  const turn = async (context: TurnContext, answers: Answers): Promise<void> => {
    const { activity } = context;
    const response = await redeliveries.once(activity, () => respond(context, answers));
    if (response !== undefined) await context.sendActivity({ ...response });
  };

  return {
    chat,
    process: async (request, response, answers, gone) => {
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
        const invoked = await adapter.run(admitted, activity, (context) => turn(context, answers));
        answerWith(invoked?.status ?? 200, invoked?.body);
        if (activity.type !== 'invoke') whenAborted(gone, () => void noteUnheard(activity, lateAnswers));
      } catch (error) {
        onTrouble('receiving a request', error);
        answerWith(error instanceof RequestRefused ? error.status : 500);
      }
    },
    drain: async () => {
      while (outside.size > 0) await Promise.all(outside);
      await outbox.drain();
    },
  };
};

const alone: LateAnswers = { claim: async () => true };

const whenAborted = (signal: AbortSignal | undefined, then: () => void): void => {
  if (signal?.aborted) then();
  else signal?.addEventListener('abort', then, { once: true });
};

/** What the adapter needs before it looks at anything else. The bot answers in the chat, whichever mode of delivery is wished for. */
const activityShape = z
  .looseObject({ type: someText })
  .transform(({ deliveryMode: _wished, ...activity }) => activity);

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
  distrust: Stranger,
  { chat, work, soon }: Outside,
  closedChats: ClosedChats,
): Promise<Partial<Activity> | undefined> => {
  const { type } = activity;
  const words = wordsFor(distrust);
  if (type === 'invoke') return lineInResponse(activity, words);
  const isTeams = !['channel', 'service-url', 'bot', 'shape'].includes(distrust);
  if (type === 'message' && isTeams) {
    const declined = work('declining an activity', async () => {
      const where = placeOf(activity);
      await closedChats.reopen(where.conversationId);
      await chat.say(where, words);
    });
    await soon(declined, messageWithin);
  }
  return undefined;
};
