import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identityEndpoint, managedIdentity } from '../../../bot/registration/managed-identity.ts';
import { startFakeEntra } from '../../kit/fake-entra.ts';

test('a virtual machine has its metadata service', () => {
  assert.deepEqual(identityEndpoint({}), {
    address: 'http://169.254.169.254/metadata/identity/oauth2/token',
    apiVersion: '2018-02-01',
    headers: { Metadata: 'true' },
  });
});

test('the end of a token is a time of the epoch in seconds, as a number or in quotes', async (t) => {
  const entra = await startFakeEntra(t);
  const endpoint = { ...identityEndpoint({}), address: `${entra.address}/token` };
  const fetchToken = managedIdentity(endpoint, 'client', 'https://graph.microsoft.com');
  for (const expires_on of [1_764_072_000, '1764072000']) {
    entra.answer('token', () => ({ body: { access_token: 'x', expires_on } }));
    const token = await fetchToken(AbortSignal.timeout(10_000));
    assert.deepEqual(token, { value: 'x', expiresAt: 1_764_072_000_000 });
  }
  assert.equal(entra.asked[0]?.headers.metadata, 'true');
});

test('a refusal gives the number alone', async (t) => {
  const entra = await startFakeEntra(t);
  entra.answer('token', () => ({
    status: 400,
    body: { error: 'invalid_request', error_description: 'Identity not found' },
  }));
  const endpoint = { ...identityEndpoint({}), address: `${entra.address}/token` };
  await assert.rejects(managedIdentity(endpoint, 'client', 'r')(AbortSignal.timeout(10_000)), {
    code: 'sign-in.no-identity',
    reason: 'the managed identity of this host gave no token (400)',
  });
});
