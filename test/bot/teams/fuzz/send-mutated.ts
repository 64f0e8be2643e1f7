import { randomFrom } from '../../diagnosis/fuzz/random.ts';
import type { FuzzScene } from './fuzz-scene.ts';
import { activityIn, conversationsIn, decides, mustBeAnswered, type Request, wrongWith } from './judge.ts';
import { mutated } from './mutate.ts';
import { postActivity } from './post-activity.ts';
import { type Button, type Ground, sample } from './samples.ts';

export interface MutatedSender {
  /**
   * Sends activity number `index` of the seed, and looks at what becomes of it.
   * @param lane Which of those that send at the same time: each has its own chats.
   */
  send(index: number, lane: number): Promise<void>;
  /** How many requests had each status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Messages that were answered in their chat. */
  readonly answered: number;
  /** Milliseconds. */
  readonly slowestInvoke: number;
}

/** Teams waits 10 s for the answer to a press. Milliseconds. */
const invokeWithin = 10_000;

/** @param deciding Buttons that start or end a change: whoever may press them is left out. */
export const createMutatedSender = (
  { bot, connector, foreign, tokenFor }: FuzzScene,
  seed: number,
  buttons: readonly Button[],
  deciding: readonly Button[],
  complain: (what: string) => void,
): MutatedSender => {
  const { serviceUrl, fileUrl } = connector;
  const ground: Ground = { serviceUrl, fileUrl, buttons };
  const statuses: Record<number, number> = {};
  let answered = 0;
  let slowestInvoke = 0;

  /** What it is depends on the seed and its number alone. At times Teams delivers it twice. */
  const make = (index: number, lane: number): { readonly body: Buffer; readonly times: number } => {
    const random = randomFrom(Math.imul(seed, 0x9e37_79b1) ^ Math.imul(index + 1, 0x85eb_ca6b));
    const activity = sample(random, lane, `${seed}-${index}`, ground);
    if (random.below(60) === 0) activity.serviceUrl = random.pick(foreign);
    const body = mutated(random, activity, sample(random, lane, 'other', ground));
    return { body, times: random.below(40) === 0 ? 2 : 1 };
  };

  const send = async (index: number, lane: number): Promise<void> => {
    const { body, times } = make(index, lane);
    const sent = activityIn(body);
    if (decides(sent, deciding)) return;
    const vouched = foreign.find((url) => url === sent?.serviceUrl) ?? serviceUrl;
    const request: Request = { activity: sent, bytes: body.length, tokenFor: vouched, serviceUrl };
    const mark = (what: string) =>
      complain(`activity ${index} of seed ${seed}: ${what}\n${body.toString('utf8')}`);
    const conversations = conversationsIn(sent);
    for (const id of conversations) connector.known.add(id);
    const [conversationId = ''] = conversations;
    const before = connector.posts(conversationId);
    const from = performance.now();
    try {
      const posts = Array.from({ length: times }, () => postActivity(bot.endpoint, body, tokenFor(vouched)));
      for (const response of await Promise.all(posts)) {
        statuses[response.status] = (statuses[response.status] ?? 0) + 1;
        const wrong = wrongWith(request, response);
        if (wrong !== undefined) mark(`${wrong}: ${response.body.slice(0, 500)}`);
      }
    } catch (error) {
      mark(`no response: ${String(error)}; the bot ${bot.ended() ?? 'lives'}`);
      return;
    }
    if (sent?.type === 'invoke') {
      const took = performance.now() - from;
      slowestInvoke = Math.max(slowestInvoke, took);
      if (took > invokeWithin) mark(`answered after ${took.toFixed(0)} ms`);
    }
    if (!mustBeAnswered(request)) return;
    if (await connector.answered(conversationId, request.activity.id, before)) answered += 1;
    else mark('a message without an answer');
  };

  return {
    send,
    statuses,
    get answered() {
      return answered;
    },
    get slowestInvoke() {
      return slowestInvoke;
    },
  };
};
