import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { freezeState } from '../../../bot/changes/freeze-state.ts';
import type { Person } from '../../../bot/changes/person.ts';
import type { Place, PostedCard } from '../../../bot/changes/place.ts';
import type { Policy } from '../../../bot/changes/policy.ts';
import type { ServerConfig } from '../../../bot/config.ts';
import { answer } from '../../../bot/conversation/answer.ts';
import type { Inbound, Reply } from '../../../bot/conversation/chat.ts';
import type { Desk } from '../../../bot/conversation/desk.ts';
import { showChange } from '../../../bot/conversation/show-change.ts';
import { emptyDirectory } from '../../../bot/directory/directory.ts';
import { Secret } from '../../../bot/secret.ts';
import type { Card } from '../../../cards/card.ts';
import { buttonsOf, textOf } from '../../kit/card-reader.ts';
import { approver } from '../changes/sample-change.ts';
import { memberOf, policyWith } from '../changes/sample-policy.ts';
import { createScene, type Scene, type World } from '../changes/scene.ts';
import { memoryStore } from '../store/sample-store.ts';
import { type DeskFiles, noFiles } from './desk-files.ts';
import { said } from './said.ts';

export const stranger: Person = { aadObjectId: 'cccccccc-0000-4000-8000-000000000003', name: 'Sam Stranger' };

const chatOf =
  (kind: Place['kind']) =>
  (conversationId: string): Place => ({
    conversationId,
    kind,
    address: '{}',
  });
export const personal = chatOf('personal');
export const group = chatOf('group');
export const channel = chatOf('channel');

/** A message that the bot posted, as it is now and as it was. */
export interface Shown {
  readonly posted: PostedCard;
  card: Card;
  readonly versions: Card[];
}

export interface Answer {
  /** The line of text, or the plain message. */
  readonly text: string | undefined;
  /** What the person sees when all has been worked on: the new message, or the pressed one. */
  readonly shown: Shown | undefined;
  /** The card of a press as it is answered to the one who pressed. */
  readonly card: Card | undefined;
}

export interface DeskScene extends Scene {
  readonly desk: Desk;
  readonly messages: Shown[];
  /** The changes that were handed to the worker. */
  readonly started: string[];
  readonly troubles: unknown[];
  say(text: string, who?: Person, where?: Place, more?: Parameters<typeof said>[3]): Promise<Answer>;
  press(shown: Shown, title: string | RegExp, options?: PressOptions): Promise<Answer>;
  pressToken(token: string, shown: Shown | undefined, options?: PressOptions): Promise<Answer>;
  install(who?: Person, where?: Place): Promise<Answer>;
}

interface PressOptions {
  readonly who?: Person;
  readonly where?: Place;
  readonly inputs?: Record<string, string>;
}

export interface DeskOptions {
  readonly world?: Partial<World>;
  readonly servers?: readonly { readonly name: string; readonly host: string }[];
  readonly config?: Partial<Desk['config']>;
  /** Of every server, and in general. */
  readonly policy?: Partial<Policy>;
  /** Where the policy names groups. */
  readonly directory?: Desk['directory'];
  readonly files?: Partial<DeskFiles>;
}

const serverConfig = (name: string, host: string, policy: Policy): ServerConfig => ({
  name,
  host,
  port: 5985,
  endpoint: 'WsusBot',
  account: { domain: 'LAB', user: 'svc', password: new Secret('swordfish') },
  policy,
});

/** The conversation with a chat, a store and servers of one scripted kind, without any network. */
export const startDesk = async (test: TestContext, options: DeskOptions = {}): Promise<DeskScene> => {
  const scene = createScene(options.world);
  const database = await memoryStore(test);
  const messages: Shown[] = [];
  const started: string[] = [];
  const troubles: unknown[] = [];
  const moved = new Set<string>();
  const showMoved = async (): Promise<void> => {
    for (const id of moved) await showChange(desk, id);
    moved.clear();
  };
  const servers = options.servers ?? [
    { name: 'wsus01', host: 'wsus01.corp.example' },
    { name: 'wsus02', host: 'wsus02.corp.example' },
  ];
  const policy = policyWith({ approvers: [memberOf(approver)], ...options.policy });
  const config: Desk['config'] = {
    servers: servers.map(({ name, host }) => serverConfig(name, host, policy)),
    groups: [],
    policy,
    autoCheck: true,
    activation: 'IISReset',
    ...options.config,
  };
  const messageOf = ({ where, messageId }: PostedCard) =>
    messages.find(
      ({ posted }) => posted.messageId === messageId && posted.where.conversationId === where.conversationId,
    );
  const desk: Desk = {
    config,
    database,
    directory: options.directory ?? emptyDirectory,
    auditChain: async () => ({ intact: true, upTo: { seq: 0, hash: '' } }),
    freezeState: () => freezeState(database, '/no such folder/freeze'),
    ...noFiles(() => scene.world.now),
    ...options.files,
    chat: {
      post: async (where, card) => {
        const posted = { where, messageId: `m${messages.length + 1}` };
        messages.push({ posted, card, versions: [card] });
        return posted;
      },
      replace: async (posted, card) => {
        const message = messageOf(posted);
        assert.ok(message !== undefined, 'only a card that was posted is replaced');
        message.card = card;
        message.versions.push(card);
      },
    },
    worker: { start: (id) => started.push(id) },
    server: (name) => (servers.some((server) => server.name === name) ? scene.server : undefined),
    now: () => scene.world.now,
    onMoved: (id) => moved.add(id),
    readDeadline: 60_000,
    randomToken: () => randomBytes(16).toString('base64url'),
    randomId: randomUUID,
    onTrouble: (_doing, error) => troubles.push(error),
  };
  const hear = (inbound: Inbound): Promise<Reply> => answer(desk, scene.runtime, inbound);

  const sent = async (where: Place, reply: Reply): Promise<Answer> => {
    const posted = reply.card === undefined ? undefined : await desk.chat.post(where, reply.card);
    await reply.afterwards?.(posted ?? { where, messageId: '' });
    await showMoved();
    return {
      text: reply.message?.in('en'),
      shown: posted === undefined ? undefined : messageOf(posted),
      card: reply.card,
    };
  };
  const pressToken: DeskScene['pressToken'] = async (token, shown, extra = {}) => {
    const where = extra.where ?? shown?.posted.where ?? personal('a');
    const cardId = shown?.posted.messageId;
    const who = extra.who ?? approver;
    const reply = await hear({
      kind: 'press',
      token,
      inputs: extra.inputs ?? {},
      who,
      where,
      cardId,
      zone: undefined,
    });
    const posted = { where, messageId: cardId ?? '' };
    if (reply.card !== undefined && !reply.privately) await desk.chat.replace(posted, reply.card);
    await reply.afterwards?.(posted);
    await showMoved();
    return { text: reply.message?.in('en'), shown: messageOf(posted), card: reply.card };
  };
  return {
    ...scene,
    desk,
    messages,
    started,
    troubles,
    say: async (text, who = approver, where = personal('a'), more = {}) =>
      sent(where, await hear(said(text, who, where, more))),
    install: async (who = approver, where = personal('a')) =>
      sent(
        where,
        await hear({ kind: 'installed', installation: where.conversationId, who, where, zone: undefined }),
      ),
    pressToken,
    press: (shown, title, extra) => {
      const buttons = buttonsOf({ ...shown.card.in('en').json });
      const button = buttons.find((entry) =>
        typeof title === 'string' ? entry.title === title : title.test(entry.title),
      );
      const titles = buttons.map((entry) => entry.title);
      assert.ok(button !== undefined, `no button ${title} on the card; it has: ${titles.join(', ')}`);
      return pressToken(button.token, shown, extra);
    },
  };
};

/** All that a person reads on a card. */
export const wordsOn = (card: Card): string => textOf({ ...card.in('en').json });

export const titlesOn = (card: Card): string[] =>
  buttonsOf({ ...card.in('en').json }).map(({ title }) => title);

/** The one message that this answer shows. */
export const cardIn = ({ shown }: Answer): Shown => {
  assert.ok(shown !== undefined, 'a card is shown');
  return shown;
};
