import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Member } from '../../../bot/changes/policy.ts';
import type { Config } from '../../../bot/config.ts';
import { createDirectory } from '../../../bot/directory/create-directory.ts';
import { emptyDirectory, groupIdsIn } from '../../../bot/directory/directory.ts';
import { Secret } from '../../../bot/secret.ts';
import { startFakeEntra } from '../../kit/fake-entra.ts';
import { policyWith } from '../changes/sample-policy.ts';

const ada = 'aaaaaaaa-0000-4000-8000-000000000001';
const group = (number: number): Member => ({
  kind: 'group',
  id: `33333333-3333-4333-8333-33333333333${number}`,
  name: `g${number}`,
});
const now = () => new Date('2026-11-25T12:00:00Z');

const config = (changed: Partial<Config['bot']> = {}, members: readonly Member[] = [group(1)]) => ({
  cloud: 'Public' as const,
  tenant: '11111111-1111-4111-8111-111111111111',
  bot: {
    appId: '22222222-2222-4222-8222-222222222222',
    type: 'SingleTenant' as const,
    password: new Secret('s'),
    certificate: undefined,
    otherTenants: [],
    listen: { host: '127.0.0.1', port: 0 },
    ...changed,
  },
  servers: [],
  policy: policyWith({ approvers: [...members] }),
});

const ask = async (
  t: TestContext,
  bot: Partial<Config['bot']>,
  identity: (address: string) => Record<string, string>,
) => {
  const entra = await startFakeEntra(t);
  entra.answer('token', () => ({
    body: { access_token: 'token-2', expires_in: 3599, expires_on: String(now().getTime() / 1000 + 3600) },
  }));
  entra.answer('groups', () => ({ body: { value: [group(1).id] } }));
  const places = { login: entra.address, graph: entra.address };
  const directory = createDirectory(config(bot), now, identity(entra.address), places);
  const membership = await directory.groupsOf(ada, [group(1).id], 'now');
  assert.deepEqual(membership, { groups: new Set([group(1).id]), unread: null });
  return { token: entra.asked[0], groups: entra.asked[1], graph: entra.address };
};

test('where no policy names a group, nobody is asked', async () => {
  const directory = createDirectory(config({}, []), now, {});
  assert.equal(directory, emptyDirectory);
  assert.deepEqual(await directory.groupsOf(ada, [], 'now'), { groups: new Set(), unread: null });
});

test('a group without anything to sign in with is unread, not empty', async () => {
  for (const bot of [{ appId: undefined }, { password: undefined }]) {
    const directory = createDirectory(config(bot), now, {});
    const { unread } = await directory.groupsOf(ada, [group(1).id], 'now');
    assert.equal(unread, 'no directory is set up');
  }
});

test('a registration with a secret signs in by that', async (t) => {
  const { token, groups } = await ask(t, {}, () => ({}));
  assert.match(token?.path ?? '', /oauth2\/v2\.0\/token$/);
  assert.equal(groups?.headers.authorization, 'Bearer token-2');
});

test('a managed identity asks the address that its host names in the environment', async (t) => {
  const { token, groups, graph } = await ask(
    t,
    { type: 'UserAssignedMsi', password: undefined },
    (address) => ({
      IDENTITY_ENDPOINT: `${address}/msi/token`,
      IDENTITY_HEADER: 'proof',
    }),
  );
  assert.equal(token?.method, 'GET');
  assert.equal(token?.headers['x-identity-header'], 'proof');
  const { pathname, searchParams } = new URL(token?.path ?? '', graph);
  assert.equal(pathname, '/msi/token');
  assert.deepEqual(Object.fromEntries(searchParams), {
    'api-version': '2019-08-01',
    resource: graph,
    client_id: '22222222-2222-4222-8222-222222222222',
  });
  assert.equal(groups?.headers.authorization, 'Bearer token-2');
});

test('the groups of all lists of all policies are asked for, each once, in one order', () => {
  const person: Member = { kind: 'person', id: ada, name: 'Ada' };
  assert.deepEqual(
    groupIdsIn([
      policyWith({ requesters: [group(3), person], approvers: [group(2)] }),
      policyWith({ approvers: [group(2)], breakGlass: [group(1)] }),
    ]),
    [group(1).id, group(2).id, group(3).id],
  );
});
