import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { startHttp } from '../../bot/http.ts';
import { clouds } from '../../bot/registration/cloud.ts';
import { isClosed, SendError } from '../../bot/sending/send-error.ts';
import { ActivityDeclined } from '../../bot/teams/activity-declined.ts';
import { createTeamsBot } from '../../bot/teams/teams-bot.ts';
import type { Trust } from '../../bot/teams/trust.ts';
import { own } from '../../cards/own-text.ts';
import { sampleFrom, sampleMessage, samplePress, tenantId } from '../bot/teams/sample-activity.ts';
import { cardOf } from '../cards/in-english.ts';
import { startFakeConnector } from '../kit/fake-connector.ts';
import { newServiceKey, startOpenIdEndpoint, tokenOf } from '../kit/open-id-endpoint.ts';
import { openChats, sendingHere } from '../kit/sending-here.ts';

const appId = '11111111-2222-4333-8444-555555555555';
const foreignTenant = 'eeeeeeee-0000-4000-8000-00000000000e';
const key = newServiceKey('own');

/** A bot behind real authentication, spoken to with valid tokens. */
const startScene = async (t: TestContext, options: Partial<Trust> = {}) => {
  const connector = await startFakeConnector();
  const { metadata } = await startOpenIdEndpoint(t, [key]);
  let time = Date.parse('2026-11-25T12:00:00Z');
  const heard: unknown[] = [];
  const troubles: unknown[] = [];
  const closedChats = openChats();
  const bot = createTeamsBot({
    trust: {
      tenantId,
      loopbackOnly: true,
      cloud: { ...clouds.Public, openIdMetadata: metadata },
      ...options,
    },
    credentials: { appId, tokens: { get: async () => 'token-of-the-bot', forget: () => undefined } },
    now: () => new Date(time),
    sending: sendingHere(),
    closedChats,
    onTrouble: (_doing, error) => troubles.push(error),
  });
  const answer = async (inbound: unknown) => {
    heard.push(inbound);
    return { message: own`hello` };
  };
  const http = await startHttp({ bot, answer }, async () => true, { host: '127.0.0.1', port: 0 });
  t.after(async () => {
    await http.close();
    await bot.drain();
    await connector.close();
  });
  const seconds = Math.floor(Date.now() / 1000);
  const token = tokenOf(key, {
    iss: clouds.Public.channel,
    aud: appId,
    serviceurl: connector.serviceUrl,
    nbf: seconds - 10,
    exp: seconds + 600,
  });
  return {
    bot,
    connector,
    closedChats,
    heard,
    troubles,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    post: async (activity: Record<string, unknown>) => {
      const response = await fetch(`http://127.0.0.1:${http.port}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        // Each is one of its own: the same one again would get the answer of the first.
        body: JSON.stringify({ ...activity, id: randomUUID(), serviceUrl: connector.serviceUrl }),
      });
      return { status: response.status, body: await response.text() };
    },
  };
};

describe('somebody whom Teams calls', () => {
  for (const [what, member, words, code = 'activity.guest'] of [
    ['a guest', { userRole: 'guest', tenantId }, /here as a guest.*Ask a colleague/],
    ['anonymous', { userRole: 'anonymous', tenantId }, /here as a guest/],
    ['a person of another tenant, in a chat of ours', { tenantId: foreignTenant }, /here as a guest/],
    [
      'another person',
      { aadObjectId: 'cccccccc-0000-4000-8000-00000000000c' },
      /Wait a minute/,
      'activity.unknown',
    ],
    ['nobody', null, /Wait a minute and try again/, 'activity.unknown'],
  ] as const) {
    test(`${what} is heard by nobody, in a message and in a press, and told the next step`, async (t) => {
      const { connector, post, heard, troubles } = await startScene(t);
      connector.members.set(sampleFrom.id, member);
      assert.equal((await post(sampleMessage())).status, 200);
      const said = connector.messages.map(({ activity }) => String(activity.text));
      assert.equal(said.length, 1);
      assert.match(said[0] ?? '', words);
      const { status, body } = await post(samplePress());
      assert.equal(status, 200);
      assert.match(body, words);
      assert.deepEqual(heard, []);
      const declined = troubles.filter((trouble) => trouble instanceof ActivityDeclined);
      assert.deepEqual(
        declined.map((trouble) => trouble.code),
        [code, code],
      );
    });
  }
});

test('why Teams does not say who somebody is stands in the log, with a code', async (t) => {
  const { connector, post, troubles } = await startScene(t);
  connector.members.set(sampleFrom.id, null);
  await post(sampleMessage());
  const [why] = troubles;
  assert.ok(why instanceof SendError);
  assert.equal(why.code, 'send.closed');
  assert.match(why.message, /asking Teams who a person is.*404/);
});

test('a stranger is answered also where the bot thought that it is not let in', async (t) => {
  const { connector, post, closedChats } = await startScene(t);
  connector.members.set(sampleFrom.id, { userRole: 'guest' });
  await closedChats.close('a:1', 'BotNotInConversationRoster');
  await post(sampleMessage());
  assert.match(String(connector.messages[0]?.activity.text), /here as a guest/);
});

test('who is a member is asked for once an hour, and who is none every time', async (t) => {
  const { connector, post, heard, pass } = await startScene(t);
  const { members, messages, authorizations } = connector;
  const questions = () => authorizations.length - messages.length;
  members.set(sampleFrom.id, { userRole: 'guest' });
  await post(sampleMessage());
  members.set(sampleFrom.id, { userRole: 'user', aadObjectId: sampleFrom.aadObjectId.toUpperCase() });
  await post(sampleMessage());
  assert.deepEqual([heard.length, questions()], [1, 2]);
  await post(sampleMessage());
  assert.deepEqual([heard.length, questions()], [2, 2]);
  members.set(sampleFrom.id, { userRole: 'guest' });
  pass(60 * 60_000);
  await post(sampleMessage());
  assert.deepEqual([heard.length, questions()], [2, 3]);
});

test('a tenant of the list is answered like the own one; a person of one in a chat of the other is a guest', async (t) => {
  const { post, heard, connector, troubles } = await startScene(t, { otherTenantIds: [foreignTenant] });
  const conversation = { id: 'a:2', conversationType: 'personal', tenantId: foreignTenant };
  const channelData = { tenant: { id: foreignTenant.toUpperCase() } };
  await post({ ...sampleMessage(), conversation, channelData });
  assert.deepEqual([heard.length, troubles], [1, []]);
  await post({ ...sampleMessage(), conversation });
  assert.equal(heard.length, 1, 'two places name two tenants');
  assert.match(String(connector.messages.at(-1)?.activity.text), /from another one/);
});

describe('the token of the bot', () => {
  const addressOf = (serviceUrl: string) =>
    JSON.stringify({
      conversation: { id: 'a:1', tenantId },
      bot: { id: '28:x' },
      channelId: 'msteams',
      serviceUrl,
    });
  const card = cardOf({ summary: 's', json: { type: 'AdaptiveCard', version: '1.5', body: [] } });

  for (const serviceUrl of [
    'http://evil.example/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://smba.trafficmanager.net/emea/',
  ]) {
    test(`is not sent to ${serviceUrl}, which stands in the store and is not the service of this bot`, async (t) => {
      const { bot } = await startScene(t);
      const where = { conversationId: 'a:1', kind: 'personal', address: addressOf(serviceUrl) } as const;
      await assert.rejects(bot.chat.post(where, card), isClosed);
      await assert.rejects(bot.chat.replace({ where, messageId: 'm' }, card), isClosed);
    });
  }

  test('does not follow a redirect to another host', async (t) => {
    const { bot } = await startScene(t);
    let redirected = 0;
    const seen: (string | undefined)[] = [];
    const elsewhere = await serverOf(t, (request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"id":"1"}');
    });
    const redirecting = await serverOf(t, (_request, response) => {
      redirected += 1;
      // Leads to this machine, and is none of its names.
      response.writeHead(307, { location: `http://0.0.0.0:${elsewhere}/taken` });
      response.end();
    });
    const address = addressOf(`http://127.0.0.1:${redirecting}/`);
    const where = { conversationId: 'a:1', kind: 'personal', address } as const;
    await assert.rejects(bot.chat.post(where, card));
    assert.deepEqual([redirected, seen], [1, []]);
  });
});

/** The port of a server that lives as long as the test. */
const serverOf = async (t: TestContext, handle: RequestListener): Promise<number> => {
  const server = createServer(handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};
