import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Inbound, Reply } from '../../../bot/conversation/chat.ts';
import { demoTenantId } from '../../../bot/demo-config.ts';
import { startHttp } from '../../../bot/http.ts';
import { isClosed } from '../../../bot/sending/send-error.ts';
import { createTeamsBot, type TeamsBotOptions } from '../../../bot/teams/teams-bot.ts';
import { own } from '../../../cards/own-text.ts';
import { cardOf } from '../../cards/in-english.ts';
import { cardOf as cardIn } from '../../kit/card-reader.ts';
import { type ChatPersonOptions, chatPerson } from '../../kit/chat-person.ts';
import { type FakeConnector, startFakeConnector } from '../../kit/fake-connector.ts';
import { openChats, sendingHere } from '../../kit/sending-here.ts';
import { sampleFrom, sampleMessage, samplePress } from './sample-activity.ts';

const card = (words: string) =>
  cardOf({
    summary: words,
    json: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: words }] },
  });

interface Chat {
  readonly endpoint: string;
  readonly connector: FakeConnector;
  readonly troubles: { doing: string; error: unknown }[];
  readonly heard: Inbound[];
  readonly bot: ReturnType<typeof createTeamsBot>;
  person(options?: Partial<ChatPersonOptions>): ReturnType<typeof chatPerson>;
  post(body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: string }>;
}

const startChat = async (
  t: TestContext,
  answer: (inbound: Inbound) => Promise<Reply>,
  credentials?: TeamsBotOptions['credentials'],
): Promise<Chat> => {
  const connector = await startFakeConnector();
  const troubles: Chat['troubles'] = [];
  const heard: Inbound[] = [];
  const bot = createTeamsBot({
    trust: { tenantId: demoTenantId, loopbackOnly: true },
    credentials,
    sending: sendingHere(),
    closedChats: openChats(),
    onTrouble: (doing, error) => troubles.push({ doing, error }),
  });
  const http = await startHttp(
    {
      bot,
      answer: (inbound) => {
        heard.push(inbound);
        return answer(inbound);
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
  return {
    endpoint,
    connector,
    troubles,
    heard,
    bot,
    person: (options = {}) => chatPerson({ endpoint, connector, ...options }),
    post: async (body, headers = {}) => {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: response.status, body: await response.text() };
    },
  };
};

const demoActivity = (connector: FakeConnector, fields: Record<string, unknown> = {}) => ({
  ...sampleMessage(),
  serviceUrl: connector.serviceUrl,
  channelData: {},
  conversation: { id: 'a:1', conversationType: 'personal', tenantId: demoTenantId },
  ...fields,
});

const demoPress = (connector: FakeConnector, fields: Record<string, unknown> = {}) => ({
  ...samplePress(),
  ...demoActivity(connector),
  type: 'invoke',
  ...fields,
});

const text = (body: string) => (JSON.parse(body) as { value: unknown }).value;

describe('an answer to a message', () => {
  test('is one message that is a card and nothing else, and what takes time runs after it', async (t) => {
    const { person, connector, bot } = await startChat(t, async () => ({
      card: card('Reading'),
      afterwards: async (posted) => bot.chat.replace(posted, card('Healthy')),
    }));
    assert.equal(await person().say('check wsus03'), 200);
    await bot.drain();
    const [message, ...others] = connector.messages;
    assert.deepEqual(others, []);
    assert.deepEqual(
      message?.versions.map(({ summary }) => summary),
      ['Reading', 'Healthy'],
    );
    assert.equal(message?.activity.text, undefined, 'a text beside the card would make two messages');
    assert.deepEqual(cardIn(message?.activity ?? {}), card('Healthy').in().json);
  });

  test('may be a line of text', async (t) => {
    const { person, connector } = await startChat(t, async () => ({ message: own`Get-Service W3SVC` }));
    await person().say('x');
    assert.equal(connector.messages[0]?.activity.text, 'Get-Service W3SVC');
  });

  test('that fails says so without the reason, which goes to the log', async (t) => {
    const { person, connector, troubles } = await startChat(t, async () => {
      throw new Error('the secret is swordfish');
    });
    assert.equal(await person().say('check wsus01'), 200);
    assert.match(String(connector.messages[0]?.activity.text), /could not finish my answer/);
    assert.doesNotMatch(JSON.stringify(connector.messages), /swordfish/);
    assert.equal(troubles.length, 1);
  });

  test('whose later work fails is told to the log and keeps the bot alive', async (t) => {
    const { person, bot, troubles } = await startChat(t, async () => ({
      card: card('Reading'),
      afterwards: () => Promise.reject(new Error('later')),
    }));
    await person().say('x');
    await bot.drain();
    assert.deepEqual(
      troubles.map(({ doing }) => doing),
      ['working after a turn'],
    );
    assert.equal(await person().say('y'), 200);
  });
});

describe('an answer to a press', () => {
  const pressed = async (t: TestContext, answer: (inbound: Inbound) => Promise<Reply>) => {
    let first = true;
    const chat = await startChat(t, async (inbound) => {
      if (!first) return answer(inbound);
      first = false;
      return { card: card('Proposal') };
    });
    const person = chat.person();
    await person.say('check wsus01');
    const shown = chat.connector.messages[0];
    assert.ok(shown !== undefined);
    return { ...chat, shown, answer: await person.pressToken('x'.repeat(22), shown.id) };
  };

  test('is the card that takes the place of the pressed one, for everybody', async (t) => {
    const { answer, shown, bot } = await pressed(t, async () => ({ card: card('Running') }));
    assert.deepEqual(answer.card, card('Running').in().json);
    await bot.drain();
    assert.equal(shown.activity.summary, 'Running');
  });

  test('may be a card for the one who pressed alone', async (t) => {
    const { answer, shown, bot } = await pressed(t, async () => ({ card: card('Plan'), privately: true }));
    assert.deepEqual(answer.card, card('Plan').in().json);
    await bot.drain();
    assert.equal(shown.activity.summary, 'Proposal');
  });

  test('may be a line of text, and leaves the card', async (t) => {
    const { answer, shown, bot } = await pressed(t, async () => ({ message: own`You may not.` }));
    assert.equal(answer.text, 'You may not.');
    await bot.drain();
    assert.equal(shown.versions.length, 1);
  });

  test('is given also when nothing is to be said yet, and claims nothing', async (t) => {
    const { answer } = await pressed(t, async () => ({ afterwards: async () => undefined }));
    assert.equal(answer.status, 200);
    assert.ok((answer.text ?? '').length > 0);
    assert.doesNotMatch(answer.text ?? '', /done/i);
  });

  test('that fails is a line of text without the reason', async (t) => {
    const { answer, troubles } = await pressed(t, async () => {
      throw new Error('the secret is swordfish');
    });
    assert.equal(answer.status, 200);
    assert.match(answer.text ?? '', /could not finish my answer/);
    assert.doesNotMatch(answer.text ?? '', /swordfish/);
    assert.equal(troubles.length, 1);
  });

  test('does its work also when the pressed card cannot be replaced', async (t) => {
    let worked = false;
    const chat = await startChat(t, async () => ({
      card: card('Running'),
      afterwards: async () => {
        worked = true;
      },
    }));
    await chat.person().pressToken('x'.repeat(22), 'a card that is gone');
    await chat.bot.drain();
    assert.equal(worked, true);
    assert.equal(chat.troubles.length, 1);
    assert.ok(isClosed(chat.troubles[0]?.error), 'a card that is gone does not come back');
  });

  test('whose card is not named comes as a message of its own', async (t) => {
    const chat = await startChat(t, async () => ({ card: card('Running') }));
    const { status } = await chat.post(demoPress(chat.connector, { replyToId: undefined }));
    assert.equal(status, 200);
    await chat.bot.drain();
    assert.equal(chat.connector.messages[0]?.activity.summary, 'Running');
  });

  test('by the button of an old client is the same, as messages', async (t) => {
    const chat = await startChat(t, async ({ kind }) =>
      kind === 'press' ? { card: card('Running') } : { card: card('Proposal') },
    );
    const person = chat.person();
    await person.say('check wsus01');
    const shown = chat.connector.messages[0];
    assert.ok(shown !== undefined);
    await person.say('', { text: undefined, value: { token: 'x'.repeat(22) }, replyToId: shown.id });
    await chat.bot.drain();
    assert.equal(chat.heard[1]?.kind, 'press');
    assert.equal(shown.activity.summary, 'Running');
  });
});

describe('what is not worked on', () => {
  for (const [what, fields, answers] of [
    ['another tenant', { conversation: { id: 'a:1', tenantId: 'eeeeeeee-0000-4000-8000-00000000000e' } }, 1],
    ['no tenant', { conversation: { id: 'a:1' } }, 1],
    ['nobody', { from: { id: '29:1', name: 'Nobody' } }, 1],
    ['another channel', { channelId: 'webchat' }, 0],
    ['an address elsewhere', { serviceUrl: 'https://smba.trafficmanager.net.evil.com/' }, 0],
  ] as const) {
    test(`a message from ${what} is heard by nobody; ${answers === 1 ? 'the next step is said' : 'nothing is sent there'}`, async (t) => {
      const { post, connector, heard, troubles } = await startChat(t, async () => ({ message: own`hello` }));
      const { status, body } = await post(demoActivity(connector, fields));
      assert.equal(status, 200);
      assert.equal(body, '');
      assert.deepEqual(heard, []);
      const said = connector.messages.map(({ activity }) => String(activity.text));
      assert.equal(said.length, answers);
      assert.ok(said.every((line) => /write to me (in Teams )?with your work account/i.test(line)));
      assert.equal(troubles.length, 1);
    });

    test(`a press from ${what} is heard by nobody, and answered with the next step`, async (t) => {
      const { post, connector, heard } = await startChat(t, async () => ({ message: own`hello` }));
      const { status, body } = await post(demoPress(connector, fields));
      assert.equal(status, 200);
      assert.match(String(text(body)), /do nothing/);
      assert.deepEqual(heard, []);
    });
  }

  test('another bot gets no answer that it could answer', async (t) => {
    const { post, connector, heard } = await startChat(t, async () => ({ message: own`hello` }));
    const from = { ...sampleFrom, role: 'bot' };
    assert.deepEqual(await post(demoActivity(connector, { from })), { status: 200, body: '' });
    assert.deepEqual([heard, connector.messages], [[], []]);
  });

  test('a press whose value says nothing is a press of an unknown button', async (t) => {
    const { post, connector, heard } = await startChat(t, async () => ({ message: own`unknown button` }));
    const { status, body } = await post(demoPress(connector, { value: {} }));
    assert.equal(status, 200);
    assert.equal(text(body), 'unknown button');
    assert.equal(heard[0]?.kind === 'press' ? heard[0].token : undefined, '');
  });

  test('a press is answered though its client names its language as no client does', async (t) => {
    const { post, connector } = await startChat(t, async () => ({ message: own`pressed` }));
    for (const locale of [5, null, {}, ['de'], '', 'x'.repeat(9_999)]) {
      const { status, body } = await post(demoPress(connector, { locale }));
      assert.deepEqual([status, text(body)], [200, 'pressed'], JSON.stringify(locale).slice(0, 9));
    }
  });

  test('a press is answered in its response, whichever mode of delivery it wishes for', async (t) => {
    const { post, connector } = await startChat(t, async () => ({ message: own`pressed` }));
    for (const deliveryMode of ['expectReplies', 'ephemeral', 'notification', 5]) {
      const { status, body } = await post(demoPress(connector, { deliveryMode }));
      assert.deepEqual([status, text(body)], [200, 'pressed'], String(deliveryMode));
    }
  });

  test('an invoke that the bot does not know is not implemented, and not blamed on the person', async (t) => {
    const { post, connector, heard } = await startChat(t, async () => ({ message: own`x` }));
    const { status, body } = await post(demoPress(connector, { name: 'task/fetch' }));
    assert.equal(status, 501);
    assert.doesNotMatch(body, /who you are/);
    assert.deepEqual(heard, []);
  });

  test('typing and reactions are taken in silence', async (t) => {
    const { post, connector, heard, troubles } = await startChat(t, async () => ({ message: own`x` }));
    for (const type of ['typing', 'messageReaction', 'conversationUpdate', 'event']) {
      assert.deepEqual(await post(demoActivity(connector, { type })), { status: 200, body: '' });
    }
    assert.deepEqual([heard, connector.messages, troubles], [[], [], []]);
  });
});

describe('a body that is no activity', () => {
  for (const [what, body, status] of [
    ['JSON that is broken', '{"type": "message", "text": "swordfish"', 400],
    ['nothing', '', 400],
    ['a list', '["swordfish"]', 400],
    ['a text', '"swordfish"', 400],
    ['null', 'null', 400],
    ['an object without a type', '{"text": "swordfish"}', 400],
    ['a type that is no text', '{"type": 5, "text": "swordfish"}', 400],
    ['a type that poses as a text', '{"type": {"length": {"toString": 1}}, "text": "swordfish"}', 400],
  ] as const) {
    test(`${what} is refused with ${status}, and nothing of it comes back`, async (t) => {
      const { post, heard } = await startChat(t, async () => ({ message: own`x` }));
      const answer = await post(body);
      assert.equal(answer.status, status);
      assert.doesNotMatch(answer.body, /swordfish|at |node_modules|Zod|invalid_type/);
      assert.deepEqual(heard, []);
    });
  }

  test('more than a megabyte is refused with 413 before it is read', async (t) => {
    const { post, connector, heard } = await startChat(t, async () => ({ message: own`x` }));
    const { status, body } = await post(demoActivity(connector, { text: 'swordfish '.repeat(120_000) }));
    assert.equal(status, 413);
    assert.doesNotMatch(body, /swordfish/);
    assert.deepEqual(heard, []);
  });

  test('text that is not JSON is refused, whatever it says it is', async (t) => {
    const { post } = await startChat(t, async () => ({ message: own`x` }));
    const { status } = await post('type=message', { 'Content-Type': 'application/x-www-form-urlencoded' });
    assert.ok(status >= 400 && status < 500, String(status));
  });
});

describe('an activity that is nested fifty thousand deep', () => {
  // JSON.stringify takes any depth, but not with keys that are numbers.
  const nested = `${'{"0":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
  const withNested = (activity: unknown) => JSON.stringify(activity).replaceAll('"nested"', nested);

  for (const [what, fields] of [
    ['in the data of its button', { value: { action: { data: { token: 'x'.repeat(22), a: 'nested' } } } }],
    ['in its value', { value: 'nested' }],
    ['in its conversation', { conversation: { id: 'a:1', tenantId: demoTenantId, a: 'nested' } }],
    ['in its sender', { from: { ...sampleFrom, a: 'nested' } }],
    ['in its channel data', { channelData: { a: 'nested' } }],
    ['in its time', { timestamp: 'nested' }],
  ] as const) {
    test(`${what} is a press like any other`, async (t) => {
      const { post, connector, heard, troubles } = await startChat(t, async () => ({
        message: own`pressed`,
      }));
      const { status, body } = await post(withNested(demoPress(connector, fields)));
      assert.equal(status, 200);
      assert.equal(text(body), 'pressed');
      assert.equal(heard.length, 1);
      assert.deepEqual(troubles, []);
    });
  }
});

test('a message is answered though objects that pose as texts stand where texts are', async (t) => {
  const { post, connector, troubles } = await startChat(t, async () => ({ message: own`hello` }));
  const posing = { length: { toString: 1 }, toString: 1 };
  const channelData = { tenant: { id: demoTenantId }, team: posing, eventType: posing };
  const conversation = { id: 'a:1', tenantId: demoTenantId, name: posing, conversationType: posing };
  const attachments = [
    { contentType: 'text/html', content: posing },
    { contentType: posing, content: posing, contentUrl: posing, name: posing },
  ];
  for (const fields of [
    { channelData, conversation, attachments, timestamp: posing, localTimezone: posing },
    { id: posing, replyToId: posing, locale: posing, from: { ...sampleFrom, name: posing, role: posing } },
  ]) {
    assert.deepEqual(await post(demoActivity(connector, fields)), { status: 200, body: '' });
  }
  assert.deepEqual(troubles, []);
  assert.equal(connector.messages.length, 2);
});

describe('a bot with credentials', () => {
  const credentials = {
    appId: '11111111-2222-4333-8444-555555555555',
    tokens: { get: async () => 'swordfish', forget: () => undefined },
  };

  test('refuses a request that is not signed, without a word on why', async (t) => {
    const { post, connector, heard } = await startChat(t, async () => ({ message: own`x` }), credentials);
    const { status, body } = await post(demoActivity(connector));
    assert.equal(status, 401);
    assert.doesNotMatch(body, /swordfish|11111111|auth|token/i);
    assert.deepEqual(heard, []);
  });

  for (const authorization of ['Bearer', 'Basic x', 'Bearer a.b', 'Bearer a.b.c']) {
    test(`refuses "${authorization}"`, async (t) => {
      const { post, connector, heard } = await startChat(t, async () => ({ message: own`x` }), credentials);
      const { status } = await post(demoActivity(connector), { authorization });
      assert.ok(status === 401 || status === 403, String(status));
      assert.deepEqual(heard, []);
    });
  }
});
