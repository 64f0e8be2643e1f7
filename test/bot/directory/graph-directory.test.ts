import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Directory } from '../../../bot/directory/directory.ts';
import { graphDirectory } from '../../../bot/directory/graph-directory.ts';
import { keepToken } from '../../../bot/registration/access-tokens.ts';
import { clientCredentials } from '../../../bot/registration/client-credentials.ts';
import { Secret } from '../../../bot/secret.ts';
import { type Answer, type FakeEntra, startFakeEntra } from '../../kit/fake-entra.ts';

const ada = 'aaaaaaaa-0000-4000-8000-000000000001';
const group = (number: number) => `33333333-3333-4333-8333-${String(number).padStart(12, '0')}`;
const [board, night] = [group(1), group(2)];

interface Scene {
  readonly entra: FakeEntra;
  readonly directory: Directory;
  pass(milliseconds: number): void;
  calls(kind: 'token' | 'groups'): number;
}

const startScene = async (t: TestContext, timeLimit?: number): Promise<Scene> => {
  const entra = await startFakeEntra(t);
  let time = Date.parse('2026-11-25T12:00:00Z');
  const now = () => new Date(time);
  const fetchToken = clientCredentials({
    login: entra.address,
    tenantId: '11111111-1111-4111-8111-111111111111',
    appId: '22222222-2222-4222-8222-222222222222',
    proof: new Secret('s3cret/&='),
    resource: 'https://graph.microsoft.com',
    now,
  });
  const tokens = keepToken(fetchToken, now);
  const directory = graphDirectory({
    graph: entra.address,
    tokens,
    now,
    ...(timeLimit === undefined ? {} : { timeLimit }),
  });
  return {
    entra,
    directory,
    pass: (milliseconds) => {
      time += milliseconds;
    },
    calls: (kind) =>
      entra.asked.filter(({ path }) => path.includes('checkMemberGroups') === (kind === 'groups')).length,
  };
};

const memberOf =
  (...ids: string[]) =>
  (): Answer => ({
    body: {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)',
      value: ids,
    },
  });

describe('what it asks', () => {
  test('is signed in for, then put to Graph with the token', async (t) => {
    const { entra, directory } = await startScene(t);
    entra.answer('groups', memberOf(board.toUpperCase()));
    const membership = await directory.groupsOf(ada, [board, night], 'recent');
    assert.deepEqual(membership, { groups: new Set([board]), unread: null });
    const [token, groups] = entra.asked;
    assert.equal(token?.path, '/11111111-1111-4111-8111-111111111111/oauth2/v2.0/token');
    assert.deepEqual(Object.fromEntries(new URLSearchParams(token?.body)), {
      grant_type: 'client_credentials',
      client_id: '22222222-2222-4222-8222-222222222222',
      client_secret: 's3cret/&=',
      scope: 'https://graph.microsoft.com/.default',
    });
    assert.equal(groups?.method, 'POST');
    assert.equal(groups?.path, `/v1.0/users/${ada}/checkMemberGroups`);
    assert.equal(groups?.headers.authorization, 'Bearer token-1');
    assert.deepEqual(JSON.parse(groups?.body ?? ''), { groupIds: [board, night] });
  });

  test('is nothing without groups, without an id, and for what is no object id', async (t) => {
    const { entra, directory } = await startScene(t);
    for (const [person, ids] of [
      [ada, []],
      ['', [board]],
      ['../groups', [board]],
    ] as const) {
      assert.deepEqual(await directory.groupsOf(person, ids, 'now'), { groups: new Set(), unread: null });
    }
    assert.equal(entra.asked.length, 0);
  });

  test('goes out in calls of at most twenty groups, and the answers are joined', async (t) => {
    const { entra, directory } = await startScene(t);
    const ids = Array.from({ length: 41 }, (_, index) => group(index + 1));
    entra.answer('groups', ({ body }) => ({ body: { value: [JSON.parse(body).groupIds[0]] } }));
    const { groups } = await directory.groupsOf(ada, ids, 'recent');
    assert.deepEqual([...groups], [group(1), group(21), group(41)]);
    assert.deepEqual(
      entra.asked.slice(1).map(({ body }) => JSON.parse(body).groupIds.length),
      [20, 20, 1],
    );
  });

  test('counts only groups that were asked for', async (t) => {
    const { entra, directory } = await startScene(t);
    entra.answer('groups', memberOf(board, night));
    assert.deepEqual([...(await directory.groupsOf(ada, [night], 'recent')).groups], [night]);
  });
});

describe('an answer', () => {
  test('is good for a press for a minute, and no longer', async (t) => {
    const { entra, directory, pass, calls } = await startScene(t);
    entra.answer('groups', memberOf(board));
    await directory.groupsOf(ada, [board], 'recent');
    entra.answer('groups', memberOf());
    pass(59_999);
    assert.equal((await directory.groupsOf(ada, [board], 'recent')).groups.size, 1);
    assert.equal(calls('groups'), 1);
    pass(1);
    assert.equal((await directory.groupsOf(ada, [board], 'recent')).groups.size, 0);
  });

  test('is not good for the start of a change: it is asked again', async (t) => {
    const { entra, directory } = await startScene(t);
    entra.answer('groups', memberOf(board));
    await directory.groupsOf(ada, [board], 'recent');
    entra.answer('groups', memberOf());
    assert.equal((await directory.groupsOf(ada, [board], 'now')).groups.size, 0);
    assert.equal((await directory.groupsOf(ada, [board], 'recent')).groups.size, 0, 'the newer one is kept');
  });

  test('is of one person and of these groups', async (t) => {
    const { entra, directory, calls } = await startScene(t);
    entra.answer('groups', memberOf(board));
    await directory.groupsOf(ada, [board], 'recent');
    await directory.groupsOf('bbbbbbbb-0000-4000-8000-000000000002', [board], 'recent');
    await directory.groupsOf(ada, [board, night], 'recent');
    assert.equal(calls('groups'), 3);
  });

  test('that did not come is not kept, and drops the one before', async (t) => {
    const { entra, directory } = await startScene(t);
    entra.answer('groups', memberOf(board));
    await directory.groupsOf(ada, [board], 'recent');
    entra.answer('groups', () => ({ status: 503, body: {} }));
    assert.equal((await directory.groupsOf(ada, [board], 'now')).unread, 'Microsoft Graph answered 503');
    assert.equal((await directory.groupsOf(ada, [board], 'recent')).unread, 'Microsoft Graph answered 503');
    entra.answer('groups', memberOf(board));
    assert.equal((await directory.groupsOf(ada, [board], 'recent')).unread, null);
  });
});

describe('the token', () => {
  test('is kept until five minutes before its end', async (t) => {
    const { directory, pass, calls } = await startScene(t);
    await directory.groupsOf(ada, [board], 'now');
    pass(3_599_000 - 300_000 - 1);
    await directory.groupsOf(ada, [board], 'now');
    assert.equal(calls('token'), 1);
    pass(1);
    await directory.groupsOf(ada, [board], 'now');
    assert.equal(calls('token'), 2);
  });

  test('is fetched once for all who ask at the same time', async (t) => {
    const { directory, calls } = await startScene(t);
    const people = ['a', 'b', 'c', 'd'].map((letter) => ada.replaceAll('a', letter));
    await Promise.all(people.map((person) => directory.groupsOf(person, [board], 'recent')));
    assert.deepEqual([calls('token'), calls('groups')], [1, 4]);
  });

  test('that could not be fetched is fetched again by the next one', async (t) => {
    const { entra, directory } = await startScene(t);
    entra.answer('token', () => ({ status: 503, body: '' }));
    assert.match((await directory.groupsOf(ada, [board], 'now')).unread ?? '', /503/);
    entra.answer('token', () => ({ body: { expires_in: 3599, access_token: 'token-2' } }));
    assert.equal((await directory.groupsOf(ada, [board], 'now')).unread, null);
  });

  test('that Graph refuses is replaced once, and the question asked again', async (t) => {
    const { entra, directory, calls } = await startScene(t);
    let answers = 0;
    entra.answer('groups', () => {
      answers += 1;
      return answers === 1 ? { status: 401, body: {} } : { body: { value: [board] } };
    });
    assert.equal((await directory.groupsOf(ada, [board], 'now')).groups.size, 1);
    assert.equal(calls('token'), 2);
    entra.answer('groups', () => ({ status: 401, body: {} }));
    assert.equal((await directory.groupsOf(ada, [board], 'now')).unread, 'Microsoft Graph answered 401');
    assert.equal(calls('groups'), 4);
  });
});

describe('a person whom the directory', () => {
  test('does not know is in no group', async (t) => {
    const { entra, directory } = await startScene(t);
    entra.answer('groups', () => ({ status: 404, body: { error: { code: 'Request_ResourceNotFound' } } }));
    assert.deepEqual(await directory.groupsOf(ada, [board], 'now'), { groups: new Set(), unread: null });
  });

  for (const [what, kind, answer, words] of [
    [
      'may not be asked about',
      'groups',
      { status: 403, body: {} },
      /^Microsoft Graph does not let .* \(403\)/,
    ],
    [
      'is too busy for',
      'groups',
      { status: 429, body: {} },
      /^Microsoft Graph asks the bot to wait \(429\)$/,
    ],
    ['fails on', 'groups', { status: 500, body: 'oops' }, /^Microsoft Graph answered 500$/],
    [
      'says other things of',
      'groups',
      { body: { value: 'all' } },
      /^Microsoft Graph answered 200 with something else/,
    ],
    [
      'answers about without JSON',
      'groups',
      { body: '<html>' },
      /^Microsoft Graph answered 200 with something else/,
    ],
    [
      'cannot be asked about by a redirect',
      'groups',
      { status: 302, body: {} },
      /^Microsoft Graph answered 302$/,
    ],
    [
      'is not opened for',
      'token',
      {
        status: 401,
        body: {
          error: 'invalid_client',
          error_codes: [7000215],
          error_description: 'secret s3cret/&= is wrong',
        },
      },
      /^Entra did not sign the bot in \(401, AADSTS7000215\)$/,
    ],
    [
      'is not opened for, wordlessly',
      'token',
      { status: 400, body: '' },
      /^Entra did not sign the bot in \(400\)$/,
    ],
    [
      'is opened for without a token',
      'token',
      { body: {} },
      /^the sign-in of Entra answered 200 with something else/,
    ],
  ] as const) {
    test(`${what} is in no group as far as is known, and the reason says so`, async (t) => {
      const { entra, directory } = await startScene(t);
      entra.answer(kind, () => answer);
      const { groups, unread } = await directory.groupsOf(ada, [board], 'now');
      assert.equal(groups.size, 0);
      assert.match(unread ?? '', words);
      assert.doesNotMatch(unread ?? '', /s3cret|token-1|127\.0\.0\.1/);
    });
  }

  for (const kind of ['token', 'groups'] as const) {
    test(`does not answer about (${kind}) is in no group as far as is known`, async (t) => {
      const { entra, directory } = await startScene(t, 50);
      entra.answer(kind, () => undefined);
      const { unread } = await directory.groupsOf(ada, [board], 'now');
      assert.equal(unread, 'the directory did not answer within 0.05 s');
    });
  }

  test('cannot be reached for is in no group as far as is known', async () => {
    const directory = graphDirectory({
      graph: 'http://127.0.0.1:1',
      tokens: { get: async () => 't', forget: () => {} },
      now: () => new Date(0),
    });
    const { unread } = await directory.groupsOf(ada, [board], 'now');
    assert.equal(unread, 'the directory cannot be reached');
  });
});
