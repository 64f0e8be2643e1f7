import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { demoPeople } from '../../bot/demo-config.ts';
import { buttonsOf, textOf } from '../kit/card-reader.ts';
import { ended, proposal, says, startMainJob } from '../kit/main-job.ts';

test('approving raises the limit by one byte, restarts once and proves it; rolling back restores every byte', async (t) => {
  const job = await startMainJob(t);
  const before = job.webConfig();
  const person = job.person(await job.startBot());
  const card = await proposal(job, person);
  assert.deepEqual(
    buttonsOf(card.activity).map(({ title }) => title),
    ['Approve and run', 'Decline'],
  );

  const pressed = await person.press(card, 'Approve and run');
  assert.equal(pressed.status, 200);
  assert.match(textOf(pressed.card ?? {}), /Running/);
  const done = await job.connector.until(ended, 'the end');
  assert.match(textOf(done.activity), /Done and proven/);

  const after = job.webConfig();
  assert.equal(after.length, before.length);
  const different = [...after.keys()].filter((index) => after[index] !== before[index]);
  assert.deepEqual(
    different.map((index) => String.fromCharCode(before[index] ?? 0, after[index] ?? 0)),
    ['48'],
  );
  assert.deepEqual(job.server.stats(), { restarts: 1, writes: 1 });

  await person.press(done, 'Roll back');
  const back = await job.connector.until(
    says(/^Needs approval: .*(roll|put|back)/i),
    'the plan of the way back',
  );
  await person.press(back, 'Approve and run');
  await job.connector.until(says(/^Rolled back/), 'the proof of the way back');
  assert.ok(job.webConfig().equals(before), 'the file is what it was at the start');
  assert.deepEqual(job.server.stats(), { restarts: 2, writes: 2 });
});

test('a second press is answered with what is true, and runs nothing', async (t) => {
  const job = await startMainJob(t);
  const person = job.person(await job.startBot());
  const card = await proposal(job, person);
  const [first] = buttonsOf(card.activity);
  await person.pressToken(first?.token ?? '', card.id);
  const again = await person.pressToken(first?.token ?? '', card.id);
  assert.match(textOf(again.card ?? {}), /Running|Done and proven/);
  await job.connector.until(ended, 'the end');
  const late = await person.pressToken(first?.token ?? '', card.id);
  assert.match(textOf(late.card ?? {}), /Done and proven/);
  assert.equal(job.server.stats().restarts, 1);
});

test('a press by somebody who may not approve names who may, and runs nothing', async (t) => {
  const job = await startMainJob(t);
  const bot = await job.startBot();
  const person = job.person(bot);
  const card = await proposal(job, person);
  const other = job.person(bot, { who: demoPeople.requester, conversationId: person.conversationId });
  const answer = await other.press(card, 'Approve and run');
  assert.match(answer.text ?? '', /may not approve/i);
  assert.match(answer.text ?? '', /Alex Wilber/);
  assert.equal((await job.newestChange()).state, 'proposed');
});

test('a press after the file changed underneath writes nothing and says stale', async (t) => {
  const job = await startMainJob(t);
  const person = job.person(await job.startBot());
  const card = await proposal(job, person);
  const touched = Buffer.concat([job.webConfig(), Buffer.from('<!-- somebody was here -->')]);
  writeFileSync(job.server.webConfig, touched);
  await person.press(card, 'Approve and run');
  await job.connector.until(says(/^Stale/), 'the card that says stale');
  assert.ok(job.webConfig().equals(touched));
  assert.deepEqual(job.server.stats(), { restarts: 0, writes: 0 });
});

test('a press on the card of an older plan says that a newer one replaces it', async (t) => {
  const job = await startMainJob(t);
  const person = job.person(await job.startBot());
  const older = await proposal(job, person);
  const [button] = buttonsOf(older.activity);
  appendFileSync(job.server.webConfig, '<!-- by somebody else -->');
  await person.say('check wsus01');
  await job.connector.until(
    (message) => message.id !== older.id && says(/^Needs approval/)(message),
    'the newer plan',
  );
  const answer = await person.pressToken(button?.token ?? '', older.id);
  assert.match(textOf(answer.card ?? {}), /Superseded/);
  assert.equal(job.server.stats().restarts, 0);
});

test('a token of another conversation opens nothing', async (t) => {
  const job = await startMainJob(t);
  const bot = await job.startBot();
  const card = await proposal(job, job.person(bot));
  const elsewhere = job.person(bot);
  const answer = await elsewhere.press(card, 'Approve and run');
  assert.equal(answer.card, undefined);
  assert.equal((await job.newestChange()).state, 'proposed');
});

test('a press survives a restart of the bot', async (t) => {
  const job = await startMainJob(t);
  const first = await job.startBotProcess();
  const person = job.person(first);
  const card = await proposal(job, person);
  await first.kill();
  const second = await job.startBot();
  const again = job.person(second, { conversationId: person.conversationId });
  await again.press(card, 'Approve and run');
  await job.connector.until(says(/^Done and proven/), 'the proof');
  assert.deepEqual(job.server.stats(), { restarts: 1, writes: 1 });
});

test('a hundred presses at one moment from two processes run the change once', async (t) => {
  const job = await startMainJob(t);
  const bots = await Promise.all([job.startBotProcess(), job.startBotProcess()]);
  const [one, two] = bots;
  assert.ok(one !== undefined && two !== undefined);
  const person = job.person(one);
  const other = job.person(two, { conversationId: person.conversationId });
  const card = await proposal(job, person);
  const token = buttonsOf(card.activity)[0]?.token ?? '';
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? person : other).pressToken(token, card.id)),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  assert.ok(answers.every(({ card: shown, text }) => shown !== undefined || text !== undefined));
  await job.connector.until(says(/^Done and proven/), 'the proof');
  assert.deepEqual(job.server.stats(), { restarts: 1, writes: 1 });
});
