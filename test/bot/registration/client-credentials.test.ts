import assert from 'node:assert/strict';
import { constants, generateKeyPairSync, verify } from 'node:crypto';
import { test } from 'node:test';
import { clientCredentials } from '../../../bot/registration/client-credentials.ts';
import { SignInError, signInError } from '../../../bot/registration/sign-in-error.ts';
import { Secret } from '../../../bot/secret.ts';
import { startFakeEntra } from '../../kit/fake-entra.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const now = () => new Date('2026-11-25T12:00:00Z');
const ids = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  appId: '22222222-2222-4222-8222-222222222222',
  resource: 'https://api.botframework.com',
};
const decode = (part = ''): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));

for (const [what, thumbprint, header, padding] of [
  [
    'SHA-1',
    'ab'.repeat(20),
    { alg: 'RS256', x5t: Buffer.alloc(20, 0xab).toString('base64url'), typ: 'JWT' },
    { padding: constants.RSA_PKCS1_PADDING },
  ],
  [
    'SHA-256',
    'cd'.repeat(32),
    { alg: 'PS256', 'x5t#S256': Buffer.alloc(32, 0xcd).toString('base64url'), typ: 'JWT' },
    { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
  ],
] as const) {
  test(`a certificate signs for ten minutes who the bot is, named by its ${what} thumbprint`, async (t) => {
    const entra = await startFakeEntra(t);
    const proof = { thumbprint, key: privateKey };
    const fetchToken = clientCredentials({ ...ids, login: entra.address, proof, now });
    assert.equal((await fetchToken(AbortSignal.timeout(10_000))).value, 'token-1');
    const body = new URLSearchParams(entra.asked[0]?.body);
    assert.deepEqual(
      [...body.keys()],
      ['grant_type', 'client_id', 'client_assertion_type', 'client_assertion', 'scope'],
    );
    assert.equal(body.get('client_assertion_type'), 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const [head, claims, signature = ''] = (body.get('client_assertion') ?? '').split('.');
    assert.deepEqual(decode(head), header);
    const { jti, ...rest } = decode(claims);
    assert.match(String(jti), /^[0-9a-f-]{36}$/);
    const seconds = now().getTime() / 1000;
    assert.deepEqual(rest, {
      aud: `${entra.address}/${ids.tenantId}/oauth2/v2.0/token`,
      iss: ids.appId,
      sub: ids.appId,
      nbf: seconds,
      exp: seconds + 600,
    });
    const signed = Buffer.from(`${head}.${claims}`);
    assert.ok(verify('sha256', signed, { key: publicKey, ...padding }, Buffer.from(signature, 'base64url')));
  });
}

for (const [aadsts, remedy] of [
  [7000222, /^The client secret has run out/],
  [700027, /^Upload the certificate/],
  [90002, /"tenant" and "cloud"/],
  [50_000_123, /^Look up the AADSTS number/],
] as const) {
  test(`AADSTS${aadsts} comes with what to do about it, and without what Entra says beside it`, async (t) => {
    const entra = await startFakeEntra(t);
    entra.answer('token', () => ({
      status: 401,
      body: { error: 'x', error_codes: [aadsts], error_description: 'swordfish' },
    }));
    const fetchToken = clientCredentials({ ...ids, login: entra.address, proof: new Secret('s'), now });
    await assert.rejects(fetchToken(AbortSignal.timeout(10_000)), (error) => {
      assert.ok(error instanceof SignInError);
      assert.equal(error.code, 'sign-in.refused');
      assert.equal(error.reason, `Entra did not sign the bot in (401, AADSTS${aadsts})`);
      assert.match(error.remedy, remedy);
      assert.doesNotMatch(JSON.stringify(error), /swordfish/);
      return true;
    });
  });
}

test('what the network says is an error with a code and words of our own', () => {
  const error = signInError(new TypeError('fetch failed: 10.0.0.1:443'));
  assert.equal(error.code, 'sign-in.unreachable');
  assert.doesNotMatch(error.message, /10\.0/);
});
