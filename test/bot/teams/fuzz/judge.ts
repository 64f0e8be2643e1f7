import { z } from 'zod';
import { demoPeople } from '../../../../bot/demo-config.ts';
import type { Activity } from './samples.ts';

/** What the bot said to a request. */
export interface Response {
  readonly status: number;
  readonly body: string;
}

/** What a request is, told without a line of the program's own. */
export interface Request {
  /** Undefined when the bytes are no JSON object. */
  readonly activity: Activity | undefined;
  readonly bytes: number;
  /** The address that the token vouches for. */
  readonly tokenFor: string;
  /** The address of the connector. */
  readonly serviceUrl: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

const isType = (activity: Activity | undefined): activity is Activity & { type: string } =>
  typeof activity?.type === 'string' && activity.type !== '';

/** The token lets it in. One without an address is let in too, and has no answer but in the response. */
const isLetIn = ({ activity, bytes, tokenFor }: Request): boolean =>
  bytes <= 1_000_000 &&
  isType(activity) &&
  (activity.serviceUrl === tokenFor || !activity.serviceUrl) &&
  (activity.channelId === 'msteams' || !activity.channelId);

/** It can stand in an address. */
export const isName = (id: unknown): id is string =>
  typeof id === 'string' && /^[ -~]{1,1000}$/.test(id) && id !== '.' && id !== '..';

/** A message in a chat of Teams, of somebody who is no bot: it has an answer there, also when that is a refusal. */
export const mustBeAnswered = (request: Request): request is Request & { activity: Activity } => {
  const { activity, serviceUrl } = request;
  if (!isLetIn(request) || activity?.type !== 'message' || activity.serviceUrl !== serviceUrl) return false;
  const { channelId, conversation, from, recipient, channelData } = activity;
  if (channelId !== 'msteams' || !isObject(conversation)) return false;
  const { id } = conversation;
  const team = isObject(channelData) && isObject(channelData.team) ? channelData.team.id : undefined;
  if (!isName(id) || (team && !isName(team))) return false;
  const sender = isObject(from) ? from : {};
  const own = isObject(recipient) ? recipient.id : undefined;
  const isBot =
    sender.role === 'bot' ||
    sender.role === 'skill' ||
    (typeof sender.id === 'string' && (sender.id.startsWith('28:') || sender.id === own));
  return !isBot;
};

const invokeBody = z.union([
  z.strictObject({
    statusCode: z.literal(200),
    type: z.literal('application/vnd.microsoft.card.adaptive'),
    value: z.looseObject({ type: z.literal('AdaptiveCard') }),
  }),
  z.strictObject({
    statusCode: z.literal(200),
    type: z.literal('application/vnd.microsoft.activity.message'),
    value: z.string().min(1),
  }),
  z.strictObject({
    task: z.union([
      z.strictObject({ type: z.literal('message'), value: z.string().min(1) }),
      z.strictObject({ type: z.literal('continue'), value: z.looseObject({ card: z.looseObject({}) }) }),
    ]),
  }),
  z.strictObject({ composeExtension: z.looseObject({ type: z.literal('result') }) }),
]);

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A stack, a path, the words of an exception. */
const details =
  /\bat [\w.<>]+ \(|node_modules|file:\/\/|\.[cm]?[jt]s:\d+|(?:Type|Range|Syntax|Zod|Rest|Sqlite|URI)Error|invalid_type|Cannot read|is not a function|Unexpected token/;

/** What is wrong with a response; undefined when all is as it must be. */
export const wrongWith = (request: Request, { status, body }: Response): string | undefined => {
  const { activity, bytes, tokenFor } = request;
  if (details.test(body)) return 'the body has details';
  if (status >= 500 && status !== 501) return `status ${status}`;
  if (bytes > 1_000_000) return status === 413 ? undefined : `${bytes} bytes, and status ${status}`;
  if (!isType(activity)) return status >= 400 ? undefined : `no activity, and status ${status}`;
  if (activity.serviceUrl && activity.serviceUrl !== tokenFor) {
    return status === 401 ? undefined : `another address, and status ${status}`;
  }
  // A key vouches for channels by their names.
  if (activity.channelId !== 'msteams' && status === 401) return undefined;
  if (activity.type !== 'invoke') {
    return status === 200 && body === '' ? undefined : `status ${status} with ${body.length} characters`;
  }
  if (status === 501 && activity.name === 'adaptiveCard/action') return 'a press without an answer';
  if (status === 501) return body === '' ? undefined : 'not implemented, with a body';
  if (status !== 200) return `status ${status} for an invoke`;
  return invokeBody.safeParse(jsonOf(body)).success
    ? undefined
    : 'an invoke response that Teams does not take';
};

/** A press that decides: on the button itself, in its chat, by who may. The fuzz leaves these out; nothing else may decide. */
export const decides = (
  activity: Activity | undefined,
  keys: readonly { readonly token: string; readonly conversationId: string }[],
): boolean => {
  if (activity === undefined) return false;
  const { from, conversation, value } = activity;
  const who = isObject(from) ? textIn(from.aadObjectId).toLowerCase() : '';
  if (!Object.values(demoPeople).some(({ aadObjectId }) => aadObjectId === who)) return false;
  const where = isObject(conversation) ? textIn(conversation.id).replace(/;messageid=.*$/, '') : '';
  const action = isObject(value) && isObject(value.action) ? value.action : {};
  const pressed = [value, action.data].map((data) => (isObject(data) ? data.token : undefined));
  return keys.some(({ token, conversationId }) => conversationId === where && pressed.includes(token));
};

/** The activity in the bytes of a request; undefined when they are none. */
export const activityIn = (body: Buffer): Activity | undefined => {
  const value = jsonOf(body.toString('utf8'));
  return isObject(value) ? value : undefined;
};

/** The conversation of an activity, and all others of which it speaks. */
export const conversationsIn = (activity: Activity | undefined): string[] => {
  const { conversation, channelData } = activity ?? {};
  const settings = isObject(channelData) ? channelData.settings : undefined;
  const places = [conversation, isObject(settings) ? settings.selectedChannel : undefined];
  const ids = places.map((place) => (isObject(place) && typeof place.id === 'string' ? place.id : ''));
  return [...ids, ...ids.map((id) => id.replace(/;messageid=\d+$/, ''))];
};
