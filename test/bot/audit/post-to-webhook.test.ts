import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { entryDelivery, headDelivery } from '../../../bot/audit/delivery.ts';
import { type Delivery, postToWebhook } from '../../../bot/audit/post-to-webhook.ts';
import { Secret } from '../../../bot/secret.ts';
import { headOf, newKey, rowsOf, sampleEvent, sampleRows } from './sample-audit.ts';
import { startWebhookServer } from './webhook-server.ts';

const delivery: Delivery = { type: 'entry', seq: 17, body: '{"type":"entry","seq":17,"text":"zwölf"}' };
const never = new AbortController().signal;
const posterTo = (url: string, timeout = 10_000) =>
  postToWebhook({
    url,
    timeout,
    secret: new Secret('0123456789abcdef'),
    fetch,
    now: () => new Date(1_700_000_000_999),
  });

test('a post carries its number, its kind and a signature over time and body', async (t) => {
  const server = await startWebhookServer(t);
  assert.equal(await posterTo(server.url)(delivery, never), undefined);
  const [post] = server.received;
  assert.deepEqual([post?.type, post?.seq, post?.body], ['entry', 17, delivery.body]);
  const mac = createHmac('sha256', '0123456789abcdef').update(`1700000000.${delivery.body}`).digest('hex');
  assert.equal(post?.signature, `t=1700000000,v1=${mac}`);
});

for (const status of [400, 410, 500, 503])
  test(`status ${status} is not taken`, async (t) => {
    const server = await startWebhookServer(t);
    server.course = (_, response) => response.writeHead(status).end('swordfish');
    assert.equal(await posterTo(server.url)(delivery, never), `the webhook answered with status ${status}`);
  });

test('a redirect is not followed', async (t) => {
  const other = await startWebhookServer(t);
  const server = await startWebhookServer(t);
  server.course = (_, response) => response.writeHead(307, { location: other.url }).end();
  assert.match((await posterTo(server.url)(delivery, never)) ?? '', /another address \(status 307\)/);
  assert.equal(other.received.length, 0);
});

test('a receiver that does not answer is left after the longest wait', async (t) => {
  const server = await startWebhookServer(t);
  server.course = () => undefined;
  assert.equal(await posterTo(server.url, 50)(delivery, never), 'the webhook did not answer within 0.05 s');
});

test('a receiver that talks without end is not listened to', async (t) => {
  const server = await startWebhookServer(t);
  server.course = (_, response) => {
    response.writeHead(200);
    const talk = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.on('drain', talk);
    talk();
  };
  assert.equal(await posterTo(server.url)(delivery, never), undefined);
});

test('a receiver that dies in the middle, or is not there, did not take it', async (t) => {
  const server = await startWebhookServer(t);
  server.course = (_, response) => response.destroy();
  assert.match((await posterTo(server.url)(delivery, never)) ?? '', /^the webhook cannot be reached/);
  await server.stop();
  assert.match((await posterTo(server.url)(delivery, never)) ?? '', /ECONNREFUSED/);
});

test('the body of an entry is the entry as it was hashed', () => {
  const [row] = rowsOf([sampleEvent()]);
  assert.ok(row !== undefined);
  const body = JSON.parse(entryDelivery(row).body);
  assert.deepEqual(body, { type: 'entry', seq: 1, hash: row.hash, entry: JSON.parse(row.entryJson) });
  assert.ok(entryDelivery(row).body.includes(row.entryJson));
});

test('an entry that is too long, or is none, is named and left out', () => {
  const [long] = rowsOf([sampleEvent({ detail: { text: 'ö'.repeat(40_000) } })]);
  assert.ok(long !== undefined);
  assert.deepEqual(JSON.parse(entryDelivery(long).body), {
    type: 'entry',
    seq: 1,
    hash: long.hash,
    left: 'too-long',
  });
  assert.equal(JSON.parse(entryDelivery({ ...long, entryJson: '","x' }).body).left, 'not-an-entry');
});

test('the body of a head is the signed head', () => {
  const key = newKey();
  const [row] = sampleRows(1, key);
  assert.ok(row !== undefined);
  const head = headOf(row, key);
  assert.deepEqual(JSON.parse(headDelivery(head).body), { type: 'head', seq: 1, head });
});
