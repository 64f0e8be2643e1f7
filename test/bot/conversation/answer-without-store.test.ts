import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerWithoutStore } from '../../../bot/conversation/answer-without-store.ts';
import type { Inbound } from '../../../bot/conversation/chat.ts';
import { StoreError, type StoreErrorCode } from '../../../bot/store/store-error.ts';
import { approver } from '../changes/sample-change.ts';
import { personal } from './desk-scene.ts';
import { said } from './said.ts';

const place = { who: approver, where: personal('a'), zone: undefined };
const press: Inbound = { kind: 'press', token: 'x', inputs: {}, cardId: 'm1', ...place };
const message: Inbound = said('check wsus01', place.who, place.where);

const ask = async (inbound: Inbound, error: Error) => {
  const troubles: unknown[] = [];
  const reply = await answerWithoutStore(
    inbound,
    () => Promise.reject(error),
    (doing, trouble) => troubles.push([doing, trouble]),
  );
  return { reply, troubles };
};

const failure = (code: StoreErrorCode) => new StoreError(code, { doing: 'writing to the store' });

test('a press that meets no store is told that nothing is changed, and how to see whether it counted', async () => {
  const error = failure('store.unreachable');
  const { reply, troubles } = await ask(press, error);
  assert.equal(reply.card, undefined);
  assert.equal(
    reply.message?.in('en'),
    'I cannot reach my store, so I change nothing. Press again in a minute: if this press still counted, the card then says so. If that repeats, tell the person who runs me.',
  );
  assert.deepEqual(troubles, [['answering a press', error]]);
});

for (const [code, words] of [
  ['store.full', /^My store has no room left on its disk, so I change nothing\. Write again/],
  ['store.read-only', /^I may not write my store, so/],
  ['store.busy', /^My store is kept busy by others, so/],
  ['store.newer', /^I cannot reach my store, so/],
] as const) {
  test(`a message that meets ${code} is told so`, async () => {
    const { reply } = await ask(message, failure(code));
    assert.match(reply.message?.in('en') ?? '', words);
  });
}

test('a defect is not taken for a store that is away', async () => {
  await assert.rejects(ask(press, new TypeError('x')), TypeError);
});
