import type { TestContext } from 'node:test';
import type { Place } from '../../../bot/changes/place.ts';
import type { Chat, Inbound, Reply } from '../../../bot/conversation/chat.ts';
import { demoTenantId } from '../../../bot/demo-config.ts';
import { startHttp } from '../../../bot/http.ts';
import { pauseUnless } from '../../../bot/pause-unless.ts';
import { createTeamsBot } from '../../../bot/teams/teams-bot.ts';
import { type ChatPerson, chatPerson } from '../../kit/chat-person.ts';
import { type FakeConnector, type Fault, startFakeConnector } from '../../kit/fake-connector.ts';
import { openChats, sendingHere } from '../../kit/sending-here.ts';

export interface SendingScene {
  readonly connector: FakeConnector;
  readonly chat: Chat;
  readonly where: Place;
  readonly closed: ReadonlyMap<string, string>;
  readonly troubles: unknown[];
  readonly heard: Inbound[];
  readonly person: ChatPerson;
  /** The faults of the next requests, one after the other. */
  fail(...faults: Fault[]): void;
  drain(): Promise<void>;
}

const conversationId = 'a:1';

/** A bot in front of a fake connector, whose rests and deadlines are a hundredth of what they are. */
export const startSending = async (
  t: TestContext,
  answer: (inbound: Inbound, chat: Chat) => Promise<Reply> = async () => ({}),
): Promise<SendingScene> => {
  const connector = await startFakeConnector();
  const troubles: unknown[] = [];
  const heard: Inbound[] = [];
  const faults: Fault[] = [];
  const closedChats = openChats();
  connector.failWith(() => faults.shift());
  const bot = createTeamsBot({
    trust: { tenantId: demoTenantId, loopbackOnly: true },
    credentials: undefined,
    sending: {
      ...sendingHere(),
      monotonic: () => performance.now() * 100,
      pause: (milliseconds, signal) => pauseUnless(milliseconds / 100, signal),
      // The rate is not looked at here: by this clock every second is over at once.
      limits: () => ({
        perConversation: [{ within: 1, most: 1_000 }],
        perTenant: [{ within: 1, most: 1_000 }],
      }),
    },
    closedChats,
    onTrouble: (_doing, error) => troubles.push(error),
  });
  const http = await startHttp(
    {
      bot,
      answer: (inbound) => {
        heard.push(inbound);
        return answer(inbound, bot.chat);
      },
    },
    async () => true,
    { host: '127.0.0.1', port: 0 },
  );
  t.after(async () => {
    await http.close();
    await bot.drain();
    await connector.close();
  });
  const endpoint = `http://127.0.0.1:${http.port}/api/messages`;
  const address = {
    channelId: 'msteams',
    serviceUrl: connector.serviceUrl,
    conversation: { id: conversationId },
    bot: { id: 'bot-id' },
    user: { id: 'user-id-0' },
  };
  return {
    connector,
    chat: bot.chat,
    where: { conversationId, kind: 'personal', address: JSON.stringify(address) },
    closed: closedChats.closed,
    troubles,
    heard,
    person: chatPerson({ endpoint, connector, conversationId }),
    fail: (...next) => void faults.push(...next),
    drain: bot.drain,
  };
};
