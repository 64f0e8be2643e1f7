import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, type TestContext, test } from 'node:test';
import { demoPeople } from '../../bot/demo-config.ts';
import { buttonsOf } from '../kit/card-reader.ts';
import { startInventory } from '../kit/inventory.ts';
import { ended, proposal, says, startMainJob } from '../kit/main-job.ts';

const stranger = {
  id: '29:9',
  aadObjectId: 'eeeeeeee-0000-4000-8000-00000000000e',
  name: demoPeople.approver.name,
};

/** A plan that waits in the chat of the approver, with the token of its button. */
const planInChat = async (t: TestContext) => {
  const job = await startMainJob(t);
  const bot = await job.startBot();
  const approver = job.person(bot);
  const shown = await proposal(job, approver);
  const token = buttonsOf(shown.activity).find(({ title }) => title === 'Approve and run')?.token ?? '';
  const untouched = async () => {
    assert.deepEqual(job.server.stats(), { restarts: 0, writes: 0 });
    assert.equal((await job.newestChange()).state, 'proposed');
  };
  const rowsOf = async (table: 'tokens' | 'audit' | 'decisions') =>
    (await job.database.selectFrom(table).selectAll().execute()).length;
  return { job, bot, approver, shown, token, untouched, rowsOf };
};

test('a token that is random, edited, of another form or empty opens nothing', async (t) => {
  const { approver, shown, token, untouched } = await planInChat(t);
  const swapped = token.startsWith('A') ? `B${token.slice(1)}` : `A${token.slice(1)}`;
  for (const forged of [
    randomBytes(16).toString('base64url'),
    swapped,
    token.slice(1),
    `${token} `,
    `${token}'--`,
    "' or '1'='1",
    '%',
    '_'.repeat(22),
    '',
    'x'.repeat(500_000),
  ]) {
    const { status, text } = await approver.pressToken(forged, shown.id);
    assert.equal(status, 200);
    assert.match(text ?? '', /button/i);
  }
  await untouched();
});

test('a token of another chat opens nothing there, not even for an approver', async (t) => {
  const { job, bot, shown, token, untouched } = await planInChat(t);
  for (const elsewhere of [
    job.person(bot),
    job.person(bot, { conversationType: 'groupChat' }),
    job.person(bot, { conversationType: 'channel' }),
  ]) {
    const { text } = await elsewhere.pressToken(token, shown.id);
    assert.match(text ?? '', /button/i);
  }
  await untouched();
});

test('the right token in the right chat opens nothing for another tenant', async (t) => {
  const { job, bot, approver, shown, token, untouched } = await planInChat(t);
  const { conversationId } = approver;
  const outsider = job.person(bot, { conversationId, tenantId: 'eeeeeeee-0000-4000-8000-00000000000e' });
  assert.match((await outsider.pressToken(token, shown.id)).text ?? '', /do nothing/);
  await untouched();
});

test('one of the same name with another id may not approve', async (t) => {
  const { job, bot, approver, shown, token, untouched } = await planInChat(t);
  const { conversationId } = approver;
  const other = job.person(bot, { conversationId, who: stranger });
  assert.match((await other.pressToken(token, shown.id)).text ?? '', /may not approve/i);
  await untouched();
});

test('a press that comes again, at once, later and after the end, runs nothing a second time', async (t) => {
  const { job, approver, shown, token } = await planInChat(t);
  await Promise.all(Array.from({ length: 10 }, () => approver.pressToken(token, shown.id)));
  await job.connector.until(ended, 'the end');
  const { card } = await approver.pressToken(token, shown.id);
  assert.ok(card !== undefined, 'the replay is answered with what is true');
  assert.deepEqual(job.server.stats(), { restarts: 1, writes: 1 });
});

test('a person who presses what they may not a hundred times leaves one line on record and no button', async (t) => {
  const { job, bot, approver, shown, token, untouched, rowsOf } = await planInChat(t);
  const { conversationId } = approver;
  const other = job.person(bot, { conversationId, who: stranger });
  await other.pressToken(token, shown.id);
  const before = { tokens: await rowsOf('tokens'), audit: await rowsOf('audit') };
  for (let count = 0; count < 100; count++) await other.pressToken(token, shown.id);
  assert.deepEqual({ tokens: await rowsOf('tokens'), audit: await rowsOf('audit') }, before);
  assert.equal(job.connector.messages.length, 1, 'the chat is told nothing');
  await untouched();
});

test('an approver who asks for the state a hundred times leaves no more buttons behind than once', async (t) => {
  const { approver, shown, rowsOf } = await planInChat(t);
  await approver.say('locks');
  const before = await rowsOf('tokens');
  for (let count = 0; count < 100; count++) await approver.say('locks');
  assert.equal(await rowsOf('tokens'), before);
  assert.ok(shown.id !== '');
});

describe('data that was not on the card', () => {
  const deep = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;

  for (const [what, data] of [
    [
      'keys of the prototype',
      JSON.parse('{"__proto__":{"secondKey":"true"},"constructor":"x","toString":"y"}'),
    ],
    ['another server, plan, person and hash', { server: 'wsus03', changeId: 'x', who: 'y', planHash: 'f' }],
    ['lists and numbers for texts', { secondKey: ['true'], reason: 5, server: { name: 'wsus03' } }],
    ['a list a thousand deep', { list: deep(1_000) }],
    ['half a megabyte', { reason: 'x'.repeat(500_000) }],
  ] as const) {
    test(`${what}: the plan that was shown runs, and nothing else`, async (t) => {
      const { job, approver, shown, token } = await planInChat(t);
      const [smallest] = (await job.newestChange()).plans;
      await approver.pressToken(token, shown.id, data as Record<string, string>);
      await job.connector.until(ended, 'the end');
      const change = await job.newestChange();
      assert.equal(change.state, 'succeeded');
      assert.equal(change.planHash, smallest?.hash);
    });
  }
});

test('a name with SQL, Markdown, code and a mention in it is kept and shown as it is written', async (t) => {
  const job = await startMainJob(t);
  const bot = await job.startBot();
  const name = `'); drop table changes; -- **b** [x](https://evil) <at>all</at> $${'{1+1}'}`;
  const approver = job.person(bot, { who: { ...demoPeople.approver, name } });
  const shown = await proposal(job, approver);
  await approver.press(shown, 'Approve and run');
  await job.connector.until(ended, 'the end');
  const { requester, decisions } = await job.newestChange();
  assert.deepEqual([requester.name, decisions[0]?.person.name], [name, name]);
  // Only a TextRun, which no client reads as Markdown, holds it.
  const blocks = JSON.stringify(shown.activity).match(/"type":"TextBlock"[^}]*evil/g);
  assert.equal(blocks, null);
  assert.doesNotMatch(String(shown.activity.summary), /[*[\]<>]/);
});

test('a person who is renamed stays the same one, and the record keeps the name they had', async (t) => {
  const job = await startMainJob(t);
  const bot = await job.startBot();
  const approver = job.person(bot);
  const shown = await proposal(job, approver);
  const { conversationId } = approver;
  const renamed = job.person(bot, { conversationId, who: { ...demoPeople.approver, name: 'Alex King' } });
  await renamed.press(shown, 'Approve and run');
  await job.connector.until(ended, 'the end');
  const { requester, decisions } = await job.newestChange();
  assert.deepEqual([requester.name, decisions[0]?.person.name], [demoPeople.approver.name, 'Alex King']);
});

describe('who asked, under four eyes', () => {
  for (const [what, options] of [
    ['in another chat', {}],
    ['in a group', { conversationType: 'groupChat' as const }],
    ['in a channel', { conversationType: 'channel' as const }],
    [
      'with another name and account of the chat',
      { who: { ...demoPeople.approver, id: '29:other', name: 'B' } },
    ],
    [
      'with the id in capitals',
      { who: { ...demoPeople.approver, aadObjectId: demoPeople.approver.aadObjectId.toUpperCase() } },
    ],
  ] as const) {
    test(`may not approve ${what}`, async (t) => {
      const { person, connector, practice } = await startInventory(t, {
        names: ['wsus01'],
        policy: { fourEyes: true },
      });
      await person().say('check wsus01');
      await connector.until(says(/^Waiting for approval/), 'the plan');
      // A requester asks for the same plan elsewhere, so that its card with buttons stands there.
      const there = person({ conversationId: 'there', ...options });
      await there.say('check wsus01');
      const shown = await connector.until(
        (message) => message.conversationId === 'there' && says(/^(Waiting|Needs)/)(message),
        'the plan there',
      );
      assert.ok(!buttonsOf(shown.activity).some(({ title }) => title === 'Approve and run'));
      const review = buttonsOf(shown.activity).find(({ title }) => title === 'Review');
      if (review !== undefined) {
        const { card } = await there.pressToken(review.token, shown.id);
        const approve = buttonsOf(card ?? {}).find(({ title }) => title === 'Approve and run');
        if (approve !== undefined) {
          assert.match((await there.pressToken(approve.token, shown.id)).text ?? '', /asked/i);
        }
      }
      assert.deepEqual(practice.server('wsus01').stats(), { restarts: 0, writes: 0 });
    });
  }
});
