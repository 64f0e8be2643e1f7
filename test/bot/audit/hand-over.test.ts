import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import type { AuditError } from '../../../bot/audit/audit-error.ts';
import { handOver, pauseAfter, webhookCursor } from '../../../bot/audit/hand-over.ts';
import { postToWebhook } from '../../../bot/audit/post-to-webhook.ts';
import type { SignedHead } from '../../../bot/audit/signed-head.ts';
import { Secret } from '../../../bot/secret.ts';
import { holdCursor, moveCursor, readCursor } from '../../../bot/store/audit-cursor.ts';
import { auditPage } from '../../../bot/store/audit-rows.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { testOnBothStores } from '../store/both-stores.ts';
import { memoryStore, minutes } from '../store/sample-store.ts';
import { headOf, newKey, recordAll, sampleEvent } from './sample-audit.ts';
import { startWebhookServer, type WebhookServer } from './webhook-server.ts';

const events = (count: number) =>
  Array.from({ length: count }, (_, index) => sampleEvent({ detail: { index } }));

interface StartOptions {
  readonly latestHead?: () => SignedHead | undefined;
  /** Milliseconds that the receiver has for an answer. */
  readonly timeout?: number;
}

/** Hands over until the test ends or says so. Pauses are over as soon as they are asked for, and are written down. */
const start = (
  t: TestContext,
  database: Database,
  url: string,
  { latestHead = () => undefined, timeout = 60_000 }: StartOptions = {},
) => {
  const stop = new AbortController();
  const troubles: AuditError[] = [];
  const pauses: number[] = [];
  const ended = handOver(
    {
      database,
      post: postToWebhook({
        url,
        secret: new Secret('0123456789abcdef'),
        fetch,
        now: () => new Date(),
        timeout,
      }),
      latestHead,
      now: () => new Date(),
      random: () => 1,
      pause: async (milliseconds) => {
        pauses.push(milliseconds);
        await new Promise((resolve) => setImmediate(resolve));
      },
      onTrouble: (error) => troubles.push(error),
    },
    stop.signal,
  );
  const end = async () => {
    stop.abort();
    await ended;
  };
  t.after(end);
  return { troubles, pauses, end };
};

const numbersAt = ({ received }: WebhookServer) => received.map(({ seq }) => seq);

testOnBothStores('every entry is handed over once and in order, also those that come later', async (t) => {
  const [database, server] = [await memoryStore(t), await startWebhookServer(t)];
  await recordAll(database, events(120));
  const { end } = start(t, database, server.url);
  await server.came(120);
  await recordAll(database, events(3));
  // The answer to the last one is still on its way when it has come.
  while ((await readCursor(database, webhookCursor)).seq < 123)
    await new Promise((resolve) => setImmediate(resolve));
  await end();
  assert.deepEqual(
    numbersAt(server),
    Array.from({ length: 123 }, (_, index) => index + 1),
  );
});

testOnBothStores(
  'a receiver that fails, hangs and dies gets the entry again, and those behind it wait',
  async (t) => {
    const [database, server] = [await memoryStore(t), await startWebhookServer(t)];
    await recordAll(database, events(4));
    let posts = 0;
    server.course = (_, response) => {
      posts++;
      if (posts === 2) response.writeHead(500).end();
      else if (posts === 3)
        return; // hangs
      else if (posts === 4) response.destroy();
      else response.writeHead(200).end('thanks');
    };
    const { end, troubles } = start(t, database, server.url, { timeout: 2_000 });
    await server.came(7);
    await end();
    assert.deepEqual(numbersAt(server), [1, 2, 2, 2, 2, 3, 4]);
    assert.deepEqual(
      troubles.map(({ message }) => message),
      [
        'handing audit entry 2 to the webhook: the webhook answered with status 500',
        'handing audit entry 2 to the webhook: the webhook did not answer within 2 s',
        troubles[2]?.message,
      ],
    );
    assert.match(troubles[2]?.message ?? '', /cannot be reached/);
  },
);

testOnBothStores('a receiver that comes back after it was away gets everything', async (t) => {
  const [database, server] = [await memoryStore(t), await startWebhookServer(t)];
  await recordAll(database, events(2));
  await server.stop();
  const { troubles, end } = start(t, database, server.url);
  while (troubles.length < 3) await new Promise((resolve) => setImmediate(resolve));
  const again = await startWebhookServer(t, Number(new URL(server.url).port));
  await again.came(2);
  await end();
  assert.deepEqual(numbersAt(again), [1, 2]);
});

testOnBothStores('of two processes one hands over at a time', async (t) => {
  const [database, server] = [await memoryStore(t), await startWebhookServer(t)];
  await recordAll(database, events(60));
  const both = [start(t, database, server.url), start(t, database, server.url)];
  await server.came(60);
  await Promise.all(both.map(({ end }) => end()));
  assert.deepEqual(
    numbersAt(server),
    Array.from({ length: 60 }, (_, index) => index + 1),
  );
});

testOnBothStores('a process that lost the cursor moves it no more', async (t) => {
  const database = await memoryStore(t);
  const slow = await holdCursor(database, 'x', minutes(0), minutes(1));
  assert.ok(slow !== undefined);
  assert.equal(await holdCursor(database, 'x', minutes(0), minutes(1)), undefined);
  const quick = await holdCursor(database, 'x', minutes(2), minutes(3));
  assert.ok(quick !== undefined);
  assert.equal(await moveCursor(database, slow, 1, minutes(4)), undefined);
  assert.equal((await moveCursor(database, quick, 1, minutes(4)))?.seq, 1);
});

testOnBothStores('the newest signed head follows the entries that it counts, once', async (t) => {
  const [database, server] = [await memoryStore(t), await startWebhookServer(t)];
  await recordAll(database, events(3));
  const last = (await auditPage(database, 0, 3)).at(-1);
  assert.ok(last !== undefined);
  const head = headOf(last, newKey());
  const { end } = start(t, database, server.url, { latestHead: () => head });
  await server.came(4);
  await recordAll(database, events(1));
  await server.came(5);
  await end();
  assert.deepEqual(
    server.received.map(({ type, seq }) => `${type} ${seq}`),
    ['entry 1', 'entry 2', 'entry 3', 'head 3', 'entry 4'],
  );
});

testOnBothStores('a store that is away is looked for again', async (t) => {
  const [database, server] = [await memoryStore(t), await startWebhookServer(t)];
  await recordAll(database, events(1));
  await database.schema.alterTable('auditCursors').renameTo('away').execute();
  const { troubles, end } = start(t, database, server.url);
  while (troubles.length < 2) await new Promise((resolve) => setImmediate(resolve));
  await database.schema.alterTable('away').renameTo('auditCursors').execute();
  await server.came(1);
  await end();
  assert.deepEqual(numbersAt(server), [1]);
});

test('pauses grow from a second to five minutes, and chance makes them shorter by up to a half', () => {
  assert.deepEqual(
    [1, 2, 3, 9, 10, 1_000].map((refusals) => pauseAfter(refusals, 1)),
    [1_000, 2_000, 4_000, 256_000, 300_000, 300_000],
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (refusals, random) => {
        const [pause, longest] = [pauseAfter(refusals, random), pauseAfter(refusals, 1)];
        assert.ok(pause >= longest / 2 && pause <= longest);
      },
    ),
  );
});
