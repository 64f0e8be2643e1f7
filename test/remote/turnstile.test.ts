import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as later } from 'node:timers/promises';
import { Turnstile } from '../../remote/turnstile.ts';

/** Starts tasks that wait to be ended one by one, and tells which have begun. */
function tasksAt(turnstile: Turnstile, count: number) {
  const begun: number[] = [];
  const ends = Array.from({ length: count }, () => Promise.withResolvers<void>());
  const all = ends.map(({ promise }, index) =>
    turnstile.run(async () => {
      begun.push(index);
      await promise;
      return index;
    }),
  );
  return { begun, ends, all };
}

test('no more run at once than may, and the others come in the order they asked', async () => {
  const { begun, ends, all } = tasksAt(new Turnstile(2), 5);
  await later();
  assert.deepEqual(begun, [0, 1]);
  ends[1]?.resolve();
  await later();
  assert.deepEqual(begun, [0, 1, 2]);
  for (const { resolve } of ends) resolve();
  assert.deepEqual(await Promise.all(all), [0, 1, 2, 3, 4]);
  assert.deepEqual(begun, [0, 1, 2, 3, 4]);
});

test('who comes while others wait does not go before them', async () => {
  const turnstile = new Turnstile(1);
  const { begun, ends, all } = tasksAt(turnstile, 2);
  await later();
  ends[0]?.resolve();
  const last = turnstile.run(async () => void begun.push(9));
  ends[1]?.resolve();
  await Promise.all([...all, last]);
  assert.deepEqual(begun, [0, 1, 9]);
});

test('a task that fails gives its place on', async () => {
  const turnstile = new Turnstile(1);
  await assert.rejects(turnstile.run(() => Promise.reject(new Error('no'))));
  assert.equal(await turnstile.run(async () => 'next'), 'next');
});
