import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { demoPeople, demoTenantId } from '../../bot/demo-config.ts';
import { textOf } from '../kit/card-reader.ts';
import type { ShownMessage } from '../kit/fake-connector.ts';
import { type InventoryUnderTest, startInventory } from '../kit/inventory.ts';
import { serverLine } from './diagnosis/samples.ts';
import { sampleExtension, sampleMessage } from './teams/sample-activity.ts';

const mention = (name: string) =>
  `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="0">${name}</span>`;
const html = (content: string) => ({ attachments: [{ contentType: 'text/html', content }] });
const thread = {
  id: '19:x@thread.tacv2;messageid=1700',
  conversationType: 'channel',
  tenantId: demoTenantId,
};
const team = { tenant: { id: demoTenantId }, team: { id: '19:team@thread.tacv2' } };
const summaryOf = ({ activity }: ShownMessage): string => String(activity.summary);

/** An activity as Teams would post it, and the answer. */
const post = async ({ endpoint, connector }: InventoryUnderTest, fields: Record<string, unknown>) => {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      ...sampleMessage(),
      id: randomUUID(),
      serviceUrl: connector.serviceUrl,
      from: demoPeople.requester,
      conversation: { id: 'a:1', conversationType: 'personal', tenantId: demoTenantId },
      channelData: { tenant: { id: demoTenantId } },
      text: undefined,
      attachments: undefined,
      ...fields,
    }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
};

describe('in a thread of a channel', () => {
  test('the answer and all that follows it are in the thread', async (t) => {
    const chat = await startInventory(t, { names: ['wsus01'] });
    const content = `<div><div>${mention('WSUS')} ${mention('Bot')}&nbsp;check wsus01 ${mention('Alex Wilber')}</div></div>`;
    await post(chat, { type: 'message', conversation: thread, channelData: team, ...html(content) });
    const shown = await chat.connector.until((m) => /approval/.test(summaryOf(m)), 'the plan');
    assert.match(String(shown.versions[0]?.summary), /^Reading/);
    assert.equal(shown.conversationId, thread.id);
    await chat.person({ conversationId: thread.id, conversationType: 'channel' }).press(shown, 'Review');
    assert.deepEqual([...new Set(chat.connector.messages.map((m) => m.conversationId))], [thread.id]);
  });

  test('notify here has changes announced in the channel itself, kept true there', async (t) => {
    const chat = await startInventory(t, { names: ['wsus01'] });
    const content = `${mention('WSUS Bot')} notify here`;
    await post(chat, {
      type: 'message',
      from: demoPeople.approver,
      conversation: thread,
      channelData: team,
      ...html(content),
    });
    const person = chat.person({ who: demoPeople.requester });
    await person.say('check wsus01');
    const plan = await chat.connector.until(
      (m) => summaryOf(m).startsWith('Waiting for approval on wsus01'),
      'the announcement',
    );
    assert.equal(plan.conversationId, '19:x@thread.tacv2');
    const asked = await chat.connector.until(
      (m) => m.conversationId === person.conversationId && /Waiting/.test(summaryOf(m)),
      'the plan',
    );
    await person.press(asked, 'Withdraw');
    await chat.connector.until((m) => m.id === plan.id && /^Withdrawn/.test(summaryOf(m)), 'the truth');
  });
});

describe('an edit', () => {
  test('replaces the answer of the message that it changes', async (t) => {
    const chat = await startInventory(t, { names: [] });
    await post(chat, { type: 'message', id: '7', ...html('<p>we see 80244007</p>') });
    const line = `<p>${serverLine({ host: 'elsewhere.example' })}</p>`;
    await post(chat, {
      type: 'messageUpdate',
      id: '7',
      channelData: { ...team, eventType: 'editMessage' },
      ...html(line),
    });
    const shown = await chat.connector.until((m) => /^Cause found/.test(summaryOf(m)), 'the new answer');
    assert.match(String(shown.versions[0]?.summary), /^Not enough evidence/);
    assert.equal(chat.connector.messages.length, 1);
  });
});

describe('an installation', () => {
  const personal = { type: 'installationUpdate', action: 'add' };
  const arrival = { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] };

  test('is greeted once, however and however often Teams tells it', async (t) => {
    const chat = await startInventory(t, { names: ['wsus01'] });
    for (const event of [personal, arrival, personal, arrival]) {
      assert.equal((await post(chat, event)).status, 200);
    }
    await Promise.all([personal, arrival].map((event) => post(chat, event)));
    assert.equal(chat.connector.messages.length, 1);
    assert.match(textOf(chat.connector.messages[0]?.activity ?? {}), /You may read every server/);
  });

  test('in a team is greeted in the channel that was chosen', async (t) => {
    const chat = await startInventory(t, { names: ['wsus01'] });
    const conversation = { id: '19:team@thread.tacv2', conversationType: 'channel', tenantId: demoTenantId };
    const settings = { selectedChannel: { id: '19:wsus@thread.tacv2' } };
    await post(chat, { ...personal, conversation, channelData: { ...team, settings } });
    await post(chat, { ...arrival, conversation, channelData: { ...team, eventType: 'teamMemberAdded' } });
    assert.deepEqual(
      chat.connector.messages.map((m) => m.conversationId),
      ['19:wsus@thread.tacv2'],
    );
    assert.match(textOf(chat.connector.messages[0]?.activity ?? {}), /Mention me/);
  });

  test('that ends says nothing, and the next one is greeted', async (t) => {
    const chat = await startInventory(t, { names: ['wsus01'] });
    await post(chat, personal);
    assert.equal((await post(chat, { type: 'installationUpdate', action: 'remove' })).status, 200);
    assert.equal(chat.connector.messages.length, 1);
    await post(chat, personal);
    assert.equal(chat.connector.messages.length, 2);
  });
});

describe('the message extension', () => {
  const extension = (chat: InventoryUnderTest, value: object, fields: object = {}) =>
    post(chat, {
      ...sampleExtension({ ...value }),
      id: randomUUID(),
      serviceUrl: chat.connector.serviceUrl,
      from: demoPeople.requester,
      conversation: undefined,
      channelData: { tenant: { id: demoTenantId } },
      ...fields,
    });
  const submit = { name: 'composeExtension/submitAction' };
  const message = (content: string) => ({
    messagePayload: { body: { contentType: 'html', content }, attachments: [] },
  });

  test('shows what a message means to one person, and hands out a card to post', async (t) => {
    const chat = await startInventory(t, { names: ['wsus01'] });
    const shown = await extension(chat, message(`<p>${serverLine()}</p>`));
    assert.equal(shown.status, 200);
    assert.equal(shown.body.task.type, 'continue');
    const { card } = shown.body.task.value;
    assert.equal(card.contentType, 'application/vnd.microsoft.card.adaptive');
    assert.match(textOf(card.content), /In our chat, type check and wsus01/);
    const { data } = card.content.body.at(-1).actions[0];
    const posted = await extension(chat, { messagePayload: undefined, data }, submit);
    const { type, attachments } = posted.body.composeExtension;
    assert.equal(type, 'result');
    assert.match(attachments[0].content.speak, /^Cause found/);
    assert.match(attachments[0].preview.content.text, /^Cause found/);
    assert.deepEqual(chat.connector.messages, [], 'the bot itself posts nothing');
  });

  test('opens a form in the compose box, and answers what was pasted', async (t) => {
    const chat = await startInventory(t, { names: ['wsus01'] });
    const form = await extension(chat, { messagePayload: undefined, commandContext: 'compose' });
    assert.equal(form.body.task.value.title, 'Diagnose');
    const answer = await extension(
      chat,
      { messagePayload: undefined, data: { wants: 'answer', text: 'we see 80244007' } },
      submit,
    );
    assert.match(textOf(answer.body.task.value.card.content), /does not name the cause/);
  });

  test('does not take the chat of people among themselves for the chat with the bot', async (t) => {
    const chat = await startInventory(t, { names: ['wsus01'] });
    const conversation = { id: 'people', conversationType: 'personal', tenantId: demoTenantId };
    await extension(chat, message('<p>x</p>'), { from: demoPeople.approver, conversation });
    await chat.person({ who: demoPeople.requester }).say('check wsus01');
    await chat.connector.until((m) => /^Waiting/.test(summaryOf(m)), 'the plan');
    assert.deepEqual(
      chat.connector.messages.filter((m) => m.conversationId === 'people'),
      [],
    );
  });

  for (const [what, fields] of [
    ['another tenant', { channelData: { tenant: { id: 'eeeeeeee-0000-4000-8000-00000000000e' } } }],
    ['nobody', { from: { id: '29:1' } }],
    ['a bot', { from: { ...demoPeople.requester, id: '28:other' } }],
  ] as const) {
    test(`tells ${what} in its window that it does nothing`, async (t) => {
      const chat = await startInventory(t, { names: ['wsus01'] });
      const { status, body } = await extension(chat, message('<p>x</p>'), fields);
      assert.equal(status, 200);
      assert.equal(body.task.type, 'message');
      assert.match(body.task.value, /so I do nothing/);
    });
  }

  test('knows no other command', async (t) => {
    const chat = await startInventory(t, { names: ['wsus01'] });
    assert.equal((await extension(chat, { commandId: 'other' })).status, 501);
  });
});

test('what is no business of the bot is taken with 200 and in silence', async (t) => {
  const chat = await startInventory(t, { names: ['wsus01'] });
  for (const fields of [
    { type: 'messageDelete', channelData: { ...team, eventType: 'softDeleteMessage' } },
    { type: 'messageUpdate', text: 'check wsus01', channelData: { ...team, eventType: 'undeleteMessage' } },
    { type: 'messageReaction', reactionsAdded: [{ type: 'like' }], replyToId: '1' },
    { type: 'conversationUpdate', channelData: { ...team, eventType: 'channelCreated' } },
    { type: 'installationUpdate', action: 'add-upgrade' },
    { type: 'typing' },
    { type: 'event', name: 'application/vnd.microsoft.readReceipt' },
    { type: 'endOfConversation' },
    { type: 'somethingNew' },
  ]) {
    assert.equal((await post(chat, fields)).status, 200, JSON.stringify(fields));
  }
  assert.deepEqual(chat.connector.messages, []);
});

describe('other clients and languages', () => {
  for (const [what, text, answer] of [
    ['a command in letters of full width', 'ＣＨＥＣＫ ｗｓｕｓ０１', /^Help/],
    [
      'a command between marks of a client from right to left',
      '\u200fcheck\u200e wsus99\u061c',
      /^Unknown server/,
    ],
    ['a sentence in another language', 'Was bedeutet dieser Fehler? 0,5 s später', /^Help/],
    ['a sentence from right to left', 'מה זאת השגיאה', /^Help/],
    ['an emoji alone', '🔥', /^Help/],
  ] as const) {
    test(`${what} has an answer`, async (t) => {
      const chat = await startInventory(t, { names: ['wsus01'] });
      await chat.person().say(text, { locale: 'ar-EG' });
      assert.match(summaryOf(chat.connector.messages[0] ?? assert.fail('an answer')), answer);
    });
  }
});

test('whatever a bot sends, nothing is said back: no two bots talk for ever', async (t) => {
  const chat = await startInventory(t, { names: ['wsus01'] });
  const botFrom = fc.oneof(
    fc.record({
      id: fc.string().map((id) => `28:${id}`),
      aadObjectId: fc.constant(demoPeople.approver.aadObjectId),
    }),
    fc.record({
      id: fc.string(),
      role: fc.constantFrom('bot', 'skill'),
      aadObjectId: fc.constant(demoPeople.approver.aadObjectId),
    }),
    // The bot itself, under whatever name.
    fc.constant({ id: '28:bot', name: 'WSUS Bot' }),
  );
  const activity = fc.record({
    from: botFrom,
    type: fc.constantFrom('message', 'messageUpdate', 'installationUpdate', 'conversationUpdate', 'invoke'),
    action: fc.constant('add'),
    name: fc.constantFrom('adaptiveCard/action', 'composeExtension/submitAction', 'other'),
    membersAdded: fc.constant([{ id: '28:bot' }]),
    text: fc.constantFrom('check wsus01', 'help', 'hello', 'I could not finish my answer'),
    conversation: fc.constantFrom(
      thread,
      { id: 'a:1', conversationType: 'personal', tenantId: demoTenantId },
      { id: '19:g@thread.v2', conversationType: 'groupChat', isGroup: true, tenantId: demoTenantId },
    ),
    channelData: fc.constantFrom(team, { eventType: 'editMessage' }),
  });
  await fc.assert(
    fc.asyncProperty(activity, async (fields) => {
      assert.equal((await post(chat, fields)).status, 200);
      assert.deepEqual(chat.connector.messages, []);
    }),
    { numRuns: 60 },
  );
});
