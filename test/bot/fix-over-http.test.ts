import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoPeople } from '../../bot/demo-config.ts';
import { practiceServers } from '../../remote/practice/practice-servers.ts';
import { textOf } from '../kit/card-reader.ts';
import type { ShownMessage } from '../kit/fake-connector.ts';
import { startInventory } from '../kit/inventory.ts';

const summaryOf = ({ activity }: ShownMessage): string => String(activity.summary);
const starts = (with_: string) => (message: ShownMessage) => summaryOf(message).startsWith(with_);

const names = ['wsus01', 'wsus02', 'wsus03'];
const low = practiceServers.find(({ state }) => state === 'limit-too-low');
assert.ok(low !== undefined);
const specs = names.map((name) => ({ ...low, name }));

test('of three servers the second fails: the third is not started, and a retry brings both to their end', async (t) => {
  const { person, connector, practice } = await startInventory(t, { specs });
  const statsOf = (name: string) => practice.server(name).stats();
  const approver = person();
  await approver.say('fix wsus01 wsus02 wsus03');
  const card = await connector.until(starts('Needs approval'), 'the plans');
  assert.match(String(card.versions[0]?.summary), /^Reading 3 servers/);
  assert.match(textOf(card.activity), /One at a time, in this order/);
  practice.server('wsus02').misbehave([{ host: 'file-write-denied' }]);
  await approver.press(card, 'Approve and run');
  const stopped = await connector.until(starts('Failed: batch of 3 servers'), 'the stop');
  assert.match(textOf(stopped.activity), /wsus01\ndone/);
  assert.match(textOf(stopped.activity), /wsus02\nfailed: web\.config cannot be written there/);
  assert.match(textOf(stopped.activity), /wsus03\nnot started/);
  assert.deepEqual(names.map(statsOf), [
    { restarts: 1, writes: 1 },
    { restarts: 0, writes: 0 },
    { restarts: 0, writes: 0 },
  ]);
  assert.equal(connector.messages.length, 1, 'one card, no card for each change');

  practice.server('wsus02').misbehave([]);
  await approver.press(stopped, 'Retry 2 servers');
  const again = await connector.until(starts('Needs approval'), 'the plans of the retry');
  await approver.press(again, 'Approve and run');
  const done = await connector.until(starts('Done and proven: batch of 2 servers'), 'the end');
  assert.match(textOf(done.activity), /All 2 servers are done/);
  assert.deepEqual(names.map(statsOf), [
    { restarts: 1, writes: 1 },
    { restarts: 1, writes: 1 },
    { restarts: 1, writes: 1 },
  ]);
});

test('the approver is told once, in the own chat, and both cards go on to the end', async (t) => {
  const { person, connector } = await startInventory(t, { specs });
  const approver = person({ conversationId: 'chat of the approver' });
  const requester = person({ conversationId: 'chat of the requester', who: demoPeople.requester });
  await approver.say('help');
  await requester.say('fix wsus01 wsus02 wsus03 parallel 3');
  const told = await connector.until(starts('Needs approval'), 'the plans, for the approver');
  assert.equal(told.conversationId, approver.conversationId);
  await approver.press(told, 'Approve and run');
  for (const { conversationId } of [approver, requester]) {
    await connector.until(
      (message) =>
        message.conversationId === conversationId && starts('Done and proven: batch of 3')(message),
      `the end in ${conversationId}`,
    );
  }
  assert.equal(connector.messages.length, 3, 'help, the batch, and the batch for the approver');
});
