import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Inbox } from '../../../remote/local/inbox.ts';

test('what was put in is taken out once, in order', () => {
  const inbox = new Inbox(10);
  inbox.put(Buffer.from('ab'));
  inbox.put(Buffer.from('c'));
  assert.equal(Buffer.concat(inbox.take()).toString(), 'abc');
  assert.ok(inbox.isEmpty);
});

test('what goes beyond the limit is thrown away, also when it came in pieces that were fetched', () => {
  const inbox = new Inbox(4);
  inbox.put(Buffer.from('abcd'));
  inbox.take();
  assert.equal(inbox.isTooMuch, false);
  inbox.put(Buffer.from('e'));
  assert.deepEqual([inbox.isTooMuch, inbox.isEmpty], [true, true]);
});

test('who waits goes on when something comes, and when woken with nothing', async () => {
  const inbox = new Inbox(4);
  const first = inbox.filled(600_000);
  inbox.put(Buffer.from('a'));
  await first;
  const second = inbox.filled(600_000);
  inbox.wake();
  await second;
  assert.equal(inbox.isEmpty, false);
});
