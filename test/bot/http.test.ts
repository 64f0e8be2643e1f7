import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startHttp } from '../../bot/http.ts';
import type { TeamsBot } from '../../bot/teams/teams-bot.ts';

const answersNothing = async () => ({});

const start = async (
  t: TestContext,
  {
    process = async () => undefined,
    isReady = async () => true,
  }: {
    process?: TeamsBot['process'];
    isReady?: () => Promise<boolean>;
  } = {},
): Promise<string> => {
  const http = await startHttp({ bot: { process }, answer: answersNothing }, isReady, {
    host: '127.0.0.1',
    port: 0,
  });
  t.after(() => http.close());
  return `http://127.0.0.1:${http.port}`;
};

const get = async (address: string) => {
  const response = await fetch(address);
  return { status: response.status, body: await response.text() };
};

const post = (address: string, body: string, type = 'application/json') =>
  fetch(`${address}/api/messages`, { method: 'POST', headers: { 'Content-Type': type }, body });

test('healthz says that the process lives, whatever the store says', async (t) => {
  const address = await start(t, { isReady: async () => false });
  assert.equal((await get(`${address}/healthz`)).status, 200);
});

test('readyz asks the store each time', async (t) => {
  let ready = true;
  const address = await start(t, { isReady: async () => ready });
  assert.equal((await get(`${address}/readyz`)).status, 200);
  ready = false;
  assert.equal((await get(`${address}/readyz`)).status, 503);
});

test('a store that throws is not ready, and its error is not shown', async (t) => {
  const isReady = () => Promise.reject(new Error('swordfish'));
  const { status, body } = await get(`${await start(t, { isReady })}/readyz`);
  assert.equal(status, 503);
  assert.doesNotMatch(body, /swordfish/);
});

test('the body of a message comes parsed, with its headers and its method', async (t) => {
  const requests: unknown[] = [];
  const address = await start(t, {
    process: async ({ body, headers, method }, response) => {
      requests.push({ body, authorization: headers.authorization, method });
      response.status(202);
      response.end();
    },
  });
  const response = await fetch(`${address}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', authorization: 'Bearer x' },
    body: '{"type":"message"}',
  });
  assert.equal(response.status, 202);
  assert.deepEqual(requests, [{ body: { type: 'message' }, authorization: 'Bearer x', method: 'POST' }]);
});

test('an error is answered by its status alone', async (t) => {
  const address = await start(t, { process: () => Promise.reject(new Error('swordfish')) });
  const response = await post(address, '{}');
  assert.equal(response.status, 500);
  assert.doesNotMatch(await response.text(), /swordfish/);
});

test('broken JSON is 400, too large a body 413, and nothing of either comes back', async (t) => {
  const address = await start(t);
  const broken = await post(address, '{"swordfish"');
  assert.equal(broken.status, 400);
  assert.doesNotMatch(await broken.text(), /swordfish/);
  const large = await post(address, `"${'swordfish'.repeat(120_000)}"`);
  assert.equal(large.status, 413);
  assert.doesNotMatch(await large.text(), /swordfish/);
});

test('a compressed body is refused before it is unpacked, whether it is huge or broken', async (t) => {
  let reached = 0;
  const address = await start(t, {
    process: async () => {
      reached++;
    },
  });
  for (const body of [gzipSync(`"${'x'.repeat(2_000_000)}"`), Buffer.from('this is no gzip')]) {
    const response = await fetch(`${address}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      body,
    });
    assert.equal(response.status, 415);
  }
  assert.equal(reached, 0);
  assert.equal((await get(`${address}/healthz`)).status, 200);
});

test('another path or method is not there, and its name does not come back', async (t) => {
  const address = await start(t);
  const other = await get(`${address}/swordfish`);
  assert.equal(other.status, 404);
  assert.doesNotMatch(other.body, /swordfish/);
  assert.equal((await get(`${address}/api/messages`)).status, 405);
});

test('closing lets the request that is under way end', async () => {
  let goOn = () => {};
  let reached = () => {};
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const http = await startHttp(
    {
      bot: {
        process: async (_request, response) => {
          reached();
          await gate;
          response.status(200);
          response.end();
        },
      },
      answer: answersNothing,
    },
    async () => true,
    { host: '127.0.0.1', port: 0 },
  );
  const answer = post(`http://127.0.0.1:${http.port}`, '{}');
  await begun;
  const closed = http.close();
  goOn();
  assert.equal((await answer).status, 200);
  await closed;
  await assert.rejects(fetch(`http://127.0.0.1:${http.port}/healthz`));
});

test('a port that is taken is told to the caller', async (t) => {
  const address = await start(t);
  const port = Number(new URL(address).port);
  await assert.rejects(
    startHttp({ bot: { process: async () => undefined }, answer: answersNothing }, async () => true, {
      host: '127.0.0.1',
      port,
    }),
    { code: 'EADDRINUSE' },
  );
});

test('where nobody hears people there is no place for messages, and its health is told all the same', async (t) => {
  const http = await startHttp(undefined, async () => true, { host: '127.0.0.1', port: 0 });
  t.after(() => http.close());
  const address = `http://127.0.0.1:${http.port}`;
  assert.equal((await post(address, '{}')).status, 404);
  assert.equal((await get(`${address}/healthz`)).status, 200);
  assert.equal((await get(`${address}/readyz`)).status, 200);
});
