import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { describe, test } from 'node:test';
import { registrationStep, registrationWarnings } from '../../../../bot/cli/doctor/registration-step.ts';
import type { BotConfig } from '../../../../bot/config.ts';
import { clouds } from '../../../../bot/registration/cloud.ts';
import { Secret } from '../../../../bot/secret.ts';
import { startFakeEntra } from '../../../kit/fake-entra.ts';
import { rsaCertificate } from '../../../kit/rsa-certificate.ts';

const tenant = '11111111-1111-4111-8111-111111111111';
const bot: BotConfig = {
  appId: '22222222-2222-4222-8222-222222222222',
  type: 'SingleTenant',
  password: new Secret('swordfish'),
  certificate: undefined,
  otherTenants: [],
  listen: { host: '127.0.0.1', port: 0 },
};
const config = { role: 'all', cloud: 'GCCHigh', tenant, bot } as const;
const surroundings = { now: () => new Date('2026-11-25T12:00:00Z'), env: {} };
const rsa = rsaCertificate(400);
const certificate = (validUntil: Date | undefined) => ({
  thumbprint: rsa.sha1.toLowerCase(),
  key: createPrivateKey(rsa.key),
  validUntil,
});

for (const [what, changed, path, by] of [
  ['a secret', {}, `/${tenant}/oauth2/v2.0/token`, 'client secret'],
  [
    'a certificate',
    { password: undefined, certificate: certificate(undefined) },
    `/${tenant}/oauth2/v2.0/token`,
    'certificate',
  ],
  [
    'a secret, for several tenants, at the tenant of the service',
    { type: 'MultiTenant' },
    '/MicrosoftServices.onmicrosoft.us/oauth2/v2.0/token',
    'client secret',
  ],
] as const) {
  test(`the bot signs in with ${what}, for the service of its cloud`, async (t) => {
    const entra = await startFakeEntra(t);
    const cloud = { ...clouds.GCCHigh, login: entra.address };
    const step = await registrationStep({ ...config, bot: { ...bot, ...changed } }, surroundings, cloud);
    assert.deepEqual(step, {
      ok: true,
      text: `Entra signs the bot in for Teams, by its ${by} (cloud GCCHigh)`,
    });
    assert.equal(entra.asked[0]?.path, path);
    const body = new URLSearchParams(entra.asked[0]?.body);
    assert.equal(body.get('scope'), 'https://api.botframework.us/.default');
  });
}

test('a refusal has its code and what to do', async (t) => {
  const entra = await startFakeEntra(t);
  entra.answer('token', () => ({ status: 401, body: { error: 'invalid_client', error_codes: [7000222] } }));
  const step = await registrationStep(config, surroundings, { ...clouds.GCCHigh, login: entra.address });
  assert.deepEqual(step, {
    ok: false,
    text: "signing in for Teams, by the bot's client secret: Entra did not sign the bot in (401, AADSTS7000222)",
    code: 'sign-in.refused',
    remedy: 'The client secret has run out: make a new one and put its value into WSUS_BOT_APP_PASSWORD.',
  });
});

test('a sign-in that cannot be reached has its code too', async () => {
  const cloud = { ...clouds.GCCHigh, login: 'http://127.0.0.1:1' };
  assert.equal((await registrationStep(config, surroundings, cloud))?.code, 'sign-in.unreachable');
});

describe('nobody is asked', () => {
  const zero = '00000000-0000-0000-0000-000000000000';
  for (const [what, changed] of [
    ['without an application id', { bot: { ...bot, appId: undefined } }],
    ['without a secret', { bot: { ...bot, password: undefined } }],
    ['with the ids of the example', { tenant: zero, bot: { ...bot, appId: zero } }],
    ['by a worker, which speaks with nobody', { role: 'worker' }],
  ] as const) {
    test(what, async (t) => {
      const entra = await startFakeEntra(t);
      const cloud = { ...clouds.GCCHigh, login: entra.address };
      assert.equal(await registrationStep({ ...config, ...changed }, surroundings, cloud), undefined);
      assert.deepEqual(entra.asked, []);
    });
  }
});

describe('a certificate', () => {
  const now = new Date('2026-11-25T12:00:00Z');
  const warned = (validUntil: string | undefined) =>
    registrationWarnings(
      {
        bot: {
          ...bot,
          certificate: certificate(validUntil === undefined ? undefined : new Date(validUntil)),
        },
      },
      now,
    );
  for (const [what, validUntil, words] of [
    ['that ran out', '2026-11-25T11:00:00Z', /ran out on 2026-11-25/],
    ['that runs out in a month', '2026-12-24T00:00:00Z', /runs out on 2026-12-24.*bot\.certificate/],
  ] as const) {
    test(`${what} is worth a word`, () => assert.match(warned(validUntil).join('\n'), words));
  }
  for (const validUntil of ['2026-12-26T00:00:00Z', undefined]) {
    test(`valid until ${validUntil ?? 'nobody knows when'} is worth none`, () => {
      assert.deepEqual(warned(validUntil), []);
    });
  }
});
