import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, type TestContext, test } from 'node:test';
import { startHttp } from '../../bot/http.ts';
import { clouds } from '../../bot/registration/cloud.ts';
import { RequestRefused } from '../../bot/teams/request-refused.ts';
import { createTeamsBot } from '../../bot/teams/teams-bot.ts';
import { said } from '../../cards/own-text.ts';
import { sampleFrom, sampleMessage, samplePress, tenantId } from '../bot/teams/sample-activity.ts';
import { type FakeConnector, startFakeConnector } from '../kit/fake-connector.ts';
import { newServiceKey, startOpenIdEndpoint, tokenOf } from '../kit/open-id-endpoint.ts';
import { openChats, sendingHere } from '../kit/sending-here.ts';

const appId = '11111111-2222-4333-8444-555555555555';
const issuer = 'https://api.botframework.com';

const own = newServiceKey('own');
const other = newServiceKey('other');
const ofWebChat = newServiceKey('web-chat', ['webchat', 'directline']);

interface Scene {
  readonly connector: FakeConnector;
  readonly heard: unknown[];
  readonly troubles: unknown[];
  /** All that was printed on standard error. */
  readonly printed: () => string;
  /** Claims of a token that is as it must be. */
  readonly claims: () => Record<string, unknown>;
  post(token: string, activity?: Record<string, unknown>): Promise<{ status: number; body: string }>;
}

const startScene = async (t: TestContext, openIdStatus = 200): Promise<Scene> => {
  const connector = await startFakeConnector();
  const { metadata } = await startOpenIdEndpoint(t, [own, ofWebChat], openIdStatus);
  const heard: unknown[] = [];
  const troubles: unknown[] = [];
  const bot = createTeamsBot({
    trust: { tenantId, loopbackOnly: true, cloud: { ...clouds.Public, openIdMetadata: metadata } },
    credentials: { appId, tokens: { get: async () => 'token-of-the-bot', forget: () => undefined } },
    sending: sendingHere(),
    closedChats: openChats(),
    onTrouble: (_doing, error) => troubles.push(error),
  });
  const messages = {
    bot,
    answer: async (inbound: unknown) => {
      heard.push(inbound);
      return { message: said`hello` };
    },
  };
  const http = await startHttp(messages, async () => true, { host: '127.0.0.1', port: 0 });
  let printed = '';
  const write = t.mock.method(process.stderr, 'write', (chunk: string | Uint8Array) => {
    printed += String(chunk);
    return true;
  });
  t.after(async () => {
    write.mock.restore();
    await http.close();
    await bot.drain();
    await connector.close();
  });
  const activityOf = (fields: Record<string, unknown> = {}) => ({
    ...sampleMessage(),
    serviceUrl: connector.serviceUrl,
    ...fields,
  });
  return {
    connector,
    heard,
    troubles,
    printed: () => printed,
    claims: () => {
      const seconds = Math.floor(Date.now() / 1000);
      return {
        iss: issuer,
        aud: appId,
        serviceurl: connector.serviceUrl,
        nbf: seconds - 10,
        exp: seconds + 600,
      };
    },
    post: async (token, activity) => {
      const response = await fetch(`http://127.0.0.1:${http.port}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(activityOf(activity)),
      });
      return { status: response.status, body: await response.text() };
    },
  };
};

type Claims = Record<string, unknown>;

const forgeries: readonly (readonly [string, string, (claims: Claims) => string])[] = [
  ['of another issuer', 'token-issuer', (claims) => tokenOf(own, { ...claims, iss: 'https://evil.example' })],
  [
    'of the emulator, as a token of the bot itself would be that somebody got hold of',
    'token-issuer',
    (claims) =>
      tokenOf(own, {
        ...claims,
        iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
        ver: '1.0',
        appid: appId,
      }),
  ],
  [
    'of the government cloud',
    'token-issuer',
    (claims) => tokenOf(own, { ...claims, iss: 'https://api.botframework.us' }),
  ],
  ['of several issuers', 'token-unreadable', (claims) => tokenOf(own, { ...claims, iss: [issuer] })],
  [
    'for another bot',
    'token-audience',
    (claims) => tokenOf(own, { ...claims, aud: '99999999-2222-4333-8444-555555555555' }),
  ],
  ['for nobody', 'token-audience', ({ aud: _, ...claims }) => tokenOf(own, claims)],
  [
    'for several bots, this one among them',
    'token-audience',
    (claims) => tokenOf(own, { ...claims, aud: [appId, 'x'] }),
  ],
  [
    'that has run out',
    'token-expired',
    (claims) => tokenOf(own, { ...claims, exp: Number(claims.nbf) - 600 }),
  ],
  [
    'that is not valid yet',
    'token-too-early',
    (claims) => tokenOf(own, { ...claims, nbf: Number(claims.nbf) + 3600, exp: Number(claims.nbf) + 7200 }),
  ],
  [
    'for another address',
    'token-address',
    (claims) => tokenOf(own, { ...claims, serviceurl: 'https://smba.trafficmanager.net/emea/' }),
  ],
  ['for no address', 'token-address', ({ serviceurl: _, ...claims }) => tokenOf(own, claims)],
  ['signed with a key of somebody else', 'token-signature', (claims) => tokenOf(other, claims)],
  [
    'signed with a key of somebody else under the name of one of the service',
    'token-signature',
    (claims) => tokenOf({ ...other, kid: own.kid }, claims),
  ],
  ['signed with a key for web chat', 'token-endorsement', (claims) => tokenOf(ofWebChat, claims)],
  ['that names no key', 'token-signature', (claims) => tokenOf(own, claims, { kid: undefined })],
  ['without a signature', 'token-signature', (claims) => tokenOf(own, claims, { alg: 'none' }, () => '')],
  ['that says it needs no signature', 'token-signature', (claims) => tokenOf(own, claims, { alg: 'none' })],
  [
    'signed with the public key as a secret',
    'token-signature',
    (claims) =>
      tokenOf(own, claims, { alg: 'HS256' }, (signed) =>
        createHmac('sha256', own.publicKey.export({ type: 'spki', format: 'pem' }))
          .update(signed)
          .digest('base64url'),
      ),
  ],
  [
    'whose claims were edited after it was signed',
    'token-signature',
    (claims) => {
      const [header, , signature] = tokenOf(own, claims).split('.');
      const edited = Buffer.from(JSON.stringify({ ...claims, exp: 9_999_999_999 })).toString('base64url');
      return `${header}.${edited}.${signature}`;
    },
  ],
  ['that is none', 'token-unreadable', () => 'a.b.c'],
  ['that is empty', 'token-unreadable', () => ''],
  ['in five parts', 'token-unreadable', (claims) => `${tokenOf(own, claims)}.x.y`],
];

test('a request with a token of the service is worked on, and answered with the token of the bot', async (t) => {
  const { post, claims, connector, heard, printed } = await startScene(t);
  assert.deepEqual(await post(tokenOf(own, claims())), { status: 200, body: '' });
  assert.equal(heard.length, 1);
  assert.equal(connector.messages[0]?.activity.text, 'hello');
  assert.ok(connector.authorizations.every((header) => header === 'Bearer token-of-the-bot'));
  assert.equal(printed(), '');
});

describe('a token', () => {
  for (const [what, code, forge] of forgeries) {
    test(`${what} is refused: one line in the log, nothing printed, nothing said`, async (t) => {
      const { post, claims, connector, heard, troubles, printed } = await startScene(t);
      const token = forge(claims());
      for (const activity of [{}, samplePress()]) {
        const answer = await post(token, { ...activity, serviceUrl: connector.serviceUrl });
        assert.deepEqual(answer, { status: 401, body: '' });
      }
      assert.deepEqual([heard, connector.messages], [[], []]);
      assert.equal(printed(), '');
      assert.equal(troubles.length, 2);
      for (const trouble of troubles) {
        assert.ok(trouble instanceof RequestRefused);
        assert.equal(trouble.code, `request.${code}`);
        assert.equal(trouble.cause, undefined);
        if (token !== '') assert.ok(!trouble.message.includes(token));
      }
    });
  }
});

test('an activity of another channel does not pass with a key for Teams', async (t) => {
  const { post, claims, heard, troubles } = await startScene(t);
  for (const channelId of ['webchat', 'emulator', 'AseChannel', 'directline']) {
    assert.equal((await post(tokenOf(own, claims()), { channelId })).status, 401, channelId);
  }
  assert.deepEqual(heard, []);
  assert.equal(troubles.length, 4);
});

test('as long as the keys of the service cannot be read, nobody gets in, and the service may come again', async (t) => {
  const { post, claims, heard, troubles, printed } = await startScene(t, 500);
  assert.deepEqual(await post(tokenOf(own, claims())), { status: 503, body: '' });
  assert.deepEqual(heard, []);
  assert.equal(printed(), '');
  assert.equal(troubles[0] instanceof RequestRefused && troubles[0].code, 'request.keys-unreachable');
});

test('a token of the service does not make its bearer somebody: person and tenant are looked at too', async (t) => {
  const { post, claims, heard } = await startScene(t);
  const token = tokenOf(own, claims());
  for (const from of [
    { ...sampleFrom, aadObjectId: undefined },
    { ...sampleFrom, tenantId: 'x' },
    { id: '29:1' },
  ]) {
    assert.equal((await post(token, { from })).status, 200);
  }
  assert.deepEqual(heard, []);
});
