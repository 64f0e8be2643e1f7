import type fc from 'fast-check';
import type { Inbound } from '../../../bot/conversation/chat.ts';
import { buttonsOf, type CardButton } from '../../kit/card-reader.ts';
import { said } from '../conversation/said.ts';
import type { Act, Event } from './event.ts';
import { checkAlways } from './invariants.ts';
import type { Ledger } from './ledger.ts';
import { people } from './people.ts';
import {
  type Bot,
  groupPlace,
  isBotError,
  personalOf,
  quiesce,
  type SeenCard,
  type Site,
  startBot,
  tellBot,
} from './site.ts';

const minute = 60_000;

/** One run of the world, with what its events share. */
export interface Course {
  readonly site: Site;
  readonly ledger: Ledger;
  /** Lets other work go on once. */
  readonly round: () => Promise<void>;
  readonly bots: [Bot, Bot];
  lastPress: Extract<Inbound, { kind: 'press' }> | undefined;
}

/** An event as a command of the model: it can happen at any time, and then all that must hold is looked at. */
export class Happening implements fc.AsyncCommand<Ledger, Course> {
  readonly event: Event;
  constructor(event: Event) {
    this.event = event;
  }
  check = (): boolean => true;
  async run(ledger: Ledger, course: Course): Promise<void> {
    await happen(course, this.event);
    await settle(course);
    ledger.mixed = false;
    if (course.site.violations.length > 0) throw new Error(course.site.violations.join('\n'));
  }
  toString = (): string => JSON.stringify(this.event);
}

/** Lets everything come to rest, gives the stores back, replaces the bots that died, and looks at all that must hold. */
export const settle = async ({ site, ledger, round, bots }: Course): Promise<void> => {
  await quiesce(site, round);
  for (const [place, bot] of bots.entries()) {
    bot.loseStoreAfter = undefined;
    if (bot.isAlive) continue;
    bots[place === 0 ? 0 : 1] = startBot(site);
  }
  await quiesce(site, round);
  await checkAlways(site, ledger);
};

const happen = async (course: Course, event: Event): Promise<void> => {
  const { site, bots } = course;
  switch (event.kind) {
    case 'act':
      return doAct(course, bots[event.bot === 0 ? 0 : 1], event.act);
    case 'at-once': {
      course.ledger.mixed = true;
      const all = event.acts.map((one, index) => doAct(course, bots[index % 2 === 0 ? 0 : 1], one));
      if (event.sweeps) all.push(...bots.map((bot) => sweep(bot)));
      await Promise.all(all);
      return;
    }
    case 'sweep':
      await Promise.all((event.bot === 2 ? bots : [bots[event.bot === 0 ? 0 : 1]]).map(sweep));
      return;
    case 'time':
      site.time.now = new Date(site.time.now.getTime() + event.milliseconds);
      return;
    case 'clock':
      bots[event.bot === 0 ? 0 : 1].offset = event.minutes * minute;
      return;
    case 'policy':
      site.policy = event.policy;
      return;
    case 'group': {
      const id = people[event.who]?.aadObjectId ?? '';
      if (!site.inGroup.delete(id)) site.inGroup.add(id);
      return;
    }
    case 'directory':
      site.directoryIsUnread = !site.directoryIsUnread;
      return;
    case 'freeze-file':
      site.frozenByFile = !site.frozenByFile;
      return;
    case 'outside':
      site.servers.get(event.server)?.outside(event.what);
      return;
    case 'network': {
      const model = site.servers.get(event.server);
      if (model === undefined) return;
      model.isDown = !model.isDown;
      model.disturbances += 1;
      return;
    }
    case 'fates':
      site.servers.get(event.server)?.fates.splice(0, 9, ...event.fates);
      return;
    case 'dies-after':
      bots[event.bot === 0 ? 0 : 1].dieAfter = event.operations;
      return;
    case 'loses-store-after':
      bots[event.bot === 0 ? 0 : 1].loseStoreAfter = event.queries;
      return;
    case 'kill':
      bots[event.bot === 0 ? 0 : 1].die();
      return;
    case 'let-go':
      for (const model of site.servers.values()) {
        model.deliverLate();
        model.letGo();
      }
      return;
    case 'in-a-row':
      for (const one of event.events) {
        await happen(course, one);
        await settle(course);
      }
  }
};

const sweep = async (bot: Bot): Promise<void> => {
  try {
    await bot.sweep();
  } catch (error) {
    if (!isBotError(error)) throw error;
  }
};

const doAct = async (course: Course, bot: Bot, one: Act): Promise<void> => {
  const inbound = inboundOf(course, one);
  if (inbound === undefined) return;
  if (inbound.kind === 'press') course.lastPress = inbound;
  await course.ledger.attempt(course.site, bot, inbound);
  await tellBot(course.site, bot, inbound);
};

const known = new WeakMap<SeenCard, CardButton[]>();

const buttonsOn = (seen: SeenCard): CardButton[] => {
  const buttons = known.get(seen) ?? buttonsOf({ ...seen.card.in('en').json });
  known.set(seen, buttons);
  return buttons;
};

const inboundOf = ({ site, lastPress }: Course, one: Act): Inbound | undefined => {
  const person = people[(one.who ?? 0) % people.length];
  if (person === undefined) return undefined;
  if (one.kind === 'say') {
    const where = one.inGroup ? groupPlace : personalOf(person);
    return said(one.text, person, where);
  }
  if (one.kind === 'press-again') {
    return lastPress === undefined || one.who === undefined ? lastPress : { ...lastPress, who: person };
  }
  const own = personalOf(person).conversationId;
  const cards = site.seen
    .filter(({ where }) => where.kind === 'group' || where.conversationId === own)
    .slice(-60)
    .map((seen) => ({ ...seen, buttons: buttonsOn(seen) }))
    .filter(({ buttons }) =>
      buttons.some(({ title }) => one.title === undefined || title.startsWith(one.title)),
    )
    .toReversed();
  const card = cards[one.back % Math.max(1, cards.length)];
  const buttons = card?.buttons.filter(({ title }) => one.title === undefined || title.startsWith(one.title));
  const button = buttons?.[one.button % Math.max(1, buttons.length)];
  if (card === undefined || button === undefined) return undefined;
  return {
    kind: 'press',
    token: button.token,
    inputs: { reason: one.reason },
    who: person,
    where: card.where,
    cardId: card.messageId,
    zone: undefined,
  };
};
