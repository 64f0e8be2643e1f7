import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coalesce } from '../../../bot/conversation/coalesce.ts';

/** Work and rests that a test ends one by one, in the order in which they began. */
const stage = (rest = 2_000) => {
  const events: string[] = [];
  const waiting: { what: string; end: (error?: Error) => void }[] = [];
  const begin = (what: string) =>
    new Promise<void>((resolve, reject) => {
      events.push(what);
      waiting.push({ what, end: (error) => (error === undefined ? resolve() : reject(error)) });
    });
  const troubles: string[] = [];
  const shown = coalesce(
    (key) => begin(`work ${key}`),
    (milliseconds) => begin(`rest ${milliseconds}`),
    rest,
    (key, error) => troubles.push(`${key}: ${(error as Error).message}`),
  );
  return {
    shown,
    events,
    troubles,
    end: async (what: string, error?: Error) => {
      const index = waiting.findIndex((entry) => entry.what === what);
      assert.notEqual(index, -1, `${what} has begun`);
      waiting.splice(index, 1)[0]?.end(error);
      await new Promise(setImmediate);
    },
  };
};

test('the first time is at once', () => {
  const { shown, events } = stage();
  shown.ask('a');
  assert.deepEqual(events, ['work a']);
});

test('however often it is asked while it works, it works once more', async () => {
  const { shown, events, end } = stage();
  for (let count = 0; count < 5; count++) shown.ask('a');
  await end('work a');
  for (let count = 0; count < 5; count++) shown.ask('a');
  await end('rest 2000');
  await end('work a');
  await end('rest 2000');
  assert.deepEqual(events, ['work a', 'rest 2000', 'work a', 'rest 2000']);
});

test('after each time it rests, also when nobody asked meanwhile', async () => {
  const { shown, events, end } = stage();
  shown.ask('a');
  await end('work a');
  shown.ask('a');
  assert.deepEqual(events, ['work a', 'rest 2000'], 'the second waits for the rest to end');
  await end('rest 2000');
  assert.equal(events.at(-1), 'work a');
});

test('keys do not wait for one another', () => {
  const { shown, events } = stage();
  shown.ask('a');
  shown.ask('b');
  assert.deepEqual(events, ['work a', 'work b']);
});

test('work that fails is told, and does not keep the next from being done', async () => {
  const { shown, events, troubles, end } = stage();
  shown.ask('a');
  shown.ask('a');
  await end('work a', new Error('the store is away'));
  assert.deepEqual(troubles, ['a: the store is away']);
  await end('rest 2000');
  assert.equal(events.at(-1), 'work a');
});

test('draining waits for what was asked, and for what is asked meanwhile', async () => {
  const { shown, events, end } = stage();
  shown.ask('a');
  let drained = false;
  const draining = shown.drain().then(() => {
    drained = true;
  });
  await end('work a');
  shown.ask('b');
  await end('rest 2000');
  assert.equal(drained, false);
  await end('work b');
  await end('rest 2000');
  await draining;
  assert.deepEqual(events, ['work a', 'rest 2000', 'work b', 'rest 2000']);
});

test('nothing that is asked gets lost, at whatever moment it is asked', async () => {
  for (let moment = 0; moment < 12; moment++) {
    let state = 0;
    let seen = 0;
    const shown = coalesce(
      async () => {
        seen = state;
      },
      () => Promise.resolve(),
      0,
      () => undefined,
    );
    shown.ask('a');
    for (let turn = 0; turn < moment; turn++) await Promise.resolve();
    state = 1;
    shown.ask('a');
    await shown.drain();
    assert.equal(seen, 1, `asked after ${moment} turns`);
  }
});
