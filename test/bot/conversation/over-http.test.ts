import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { demoPeople } from '../../../bot/demo-config.ts';
import { buttonsOf, textOf } from '../../kit/card-reader.ts';
import type { ShownMessage } from '../../kit/fake-connector.ts';
import { startInventory } from '../../kit/inventory.ts';
import { serverLine } from '../diagnosis/samples.ts';

const summaryOf = ({ activity }: ShownMessage): string => String(activity.summary);
const titlesOn = ({ activity }: ShownMessage): string[] => buttonsOf(activity).map(({ title }) => title);
const isSettled = (message: ShownMessage): boolean => !summaryOf(message).startsWith('Reading');

describe('check, over HTTP and WinRM', () => {
  for (const [name, state, first] of [
    ['wsus01', 'Needs approval', 'Approve and run'],
    ['wsus02', 'Raised, not active', 'Plan the restart'],
    ['wsus03', 'Healthy', 'Check again'],
    ['wsus04', 'Not WSUS', 'Check again'],
    ['wsus05', 'Unreachable', 'Check again'],
    ['wsus06', 'Access denied', 'Check again'],
    ['wsus07', 'File refused', 'Check again'],
  ] as const) {
    test(`of ${name} says at once that it reads, then "${state}" with the next step`, async (t) => {
      const { person, connector } = await startInventory(t, { names: [name] });
      await person().say(`check ${name}`);
      const shown = await connector.until(isSettled, 'the answer');
      assert.match(String(shown.versions[0]?.summary), /^Reading/);
      assert.ok(summaryOf(shown).startsWith(state), summaryOf(shown));
      assert.match(textOf(shown.activity), new RegExp(`${state} · ${name}|${name}`));
      assert.equal(titlesOn(shown)[0], first);
      assert.equal(titlesOn(shown).includes('Approve and run'), name === 'wsus01');
      assert.equal(connector.messages.length, 1);
    });
  }
});

test('servers lists all seven, then says of each what it is', async (t) => {
  const { person, connector, practice } = await startInventory(t);
  await person().say('servers');
  const list = await connector.until(({ versions }) => versions.length > 1, 'the list');
  const before = textOf(list.versions[0] ?? {});
  const after = textOf(list.activity);
  for (const { name } of practice.servers) assert.match(before, new RegExp(name));
  for (const word of [/too low/i, /not active/i, /healthy/i, /not wsus/i, /not readable/i, /refused/i]) {
    assert.match(after, word);
  }
  for (const { stats } of practice.servers) assert.deepEqual(stats(), { restarts: 0, writes: 0 });
});

test('a restart that was planned from its card is run after an approval, and nothing is written', async (t) => {
  const { person, connector, practice } = await startInventory(t, { names: ['wsus02'] });
  const approver = person();
  await approver.say('check wsus02');
  const verdict = await connector.until(isSettled, 'the verdict');
  await approver.press(verdict, 'Plan the restart');
  const plan = await connector.until(
    (message) => summaryOf(message).startsWith('Needs approval'),
    'the plan of the restart',
  );
  await approver.press(plan, 'Approve and run');
  await connector.until((message) => summaryOf(message).startsWith('Done and proven'), 'the proof');
  assert.deepEqual(practice.server('wsus02').stats(), { restarts: 1, writes: 0 });
});

test('a pasted log in HTML names the cause and leads on to the plan of the server it names', async (t) => {
  const { person, connector } = await startInventory(t, { names: ['wsus01'] });
  const line = serverLine({ host: 'wsus01' });
  const escaped = line.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  await person().say('Teams joined the lines of this', {
    attachments: [{ contentType: 'text/html', content: `<div>${escaped}</div><div>two</div>` }],
  });
  await connector.until((message) => summaryOf(message).startsWith('Cause found'), 'the cause');
  const plan = await connector.until(
    (message) => summaryOf(message).startsWith('Needs approval'),
    'the plan',
  );
  assert.match(textOf(plan.activity), /4096317/);
  assert.equal(connector.messages.length, 2);
});

test('a requester waits, the approver is told in the own chat and approves there, and both cards end in the proof', async (t) => {
  const { person, connector, practice } = await startInventory(t, { names: ['wsus01'] });
  const approver = person({ conversationId: 'chat of the approver' });
  const requester = person({ conversationId: 'chat of the requester', who: demoPeople.requester });
  await approver.say('help');
  await requester.say('check wsus01');
  const inChatOf = ({ conversationId }: { conversationId: string }, start: string) =>
    connector.until(
      (message) => message.conversationId === conversationId && summaryOf(message).startsWith(start),
      `"${start}" in ${conversationId}`,
    );
  const waiting = await inChatOf(requester, 'Waiting for approval');
  assert.deepEqual(titlesOn(waiting), ['Tell them again', 'Withdraw']);
  const told = await inChatOf(approver, 'Needs approval');
  await approver.press(told, 'Approve and run');
  for (const chat of [approver, requester]) await inChatOf(chat, 'Done and proven');
  assert.deepEqual(practice.server('wsus01').stats(), { restarts: 1, writes: 1 });
});

test('in a group the neutral card has Review, which shows the plan to an approver alone', async (t) => {
  const { person, connector } = await startInventory(t, { names: ['wsus01'] });
  const where = { conversationId: 'group', conversationType: 'groupChat' as const };
  await person({ ...where, who: demoPeople.requester }).say('check wsus01');
  const neutral = await connector.until(
    (message) => summaryOf(message).startsWith('Waiting for approval'),
    'the neutral card',
  );
  assert.deepEqual(titlesOn(neutral), ['Review']);
  const approver = person(where);
  const { card } = await approver.press(neutral, 'Review');
  const approve = buttonsOf(card ?? {}).find(({ title }) => title === 'Approve and run');
  assert.ok(approve !== undefined);
  assert.match(summaryOf(neutral), /^Waiting for approval/, 'the others keep the neutral card');
  await approver.pressToken(approve.token, neutral.id);
  await connector.until((message) => summaryOf(message).startsWith('Done and proven'), 'the proof');
});

test('a person who may not have servers read gets a clear answer', async (t) => {
  const { person, connector, practice } = await startInventory(t, {
    names: ['wsus01'],
    policy: { requesters: [] },
  });
  await person({ who: demoPeople.requester }).say('check wsus01');
  const shown = await connector.until(() => true, 'the answer');
  assert.match(summaryOf(shown), /^Not done/);
  assert.match(textOf(shown.activity), /Alex Wilber/);
  assert.deepEqual(practice.server('wsus01').stats(), { restarts: 0, writes: 0 });
});
