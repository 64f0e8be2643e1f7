import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import { buttonsOf, textOf } from '../kit/card-reader.ts';
import { ended, proposal, says, startMainJob } from '../kit/main-job.ts';
import { type PostgresCluster, startPostgresCluster } from '../kit/postgres-cluster.ts';
import { withoutPostgres } from './store/both-stores.ts';

const skip = withoutPostgres;

let shared: Promise<PostgresCluster> | undefined;
const cluster = () => {
  shared ??= startPostgresCluster({ durable: true });
  return shared;
};
after(async () => (await shared)?.remove());

const startJob = async (t: TestContext, restartMilliseconds = 0) =>
  startMainJob(t, { store: await (await cluster()).createDatabase(), restartMilliseconds });

const statusOf = async (bot: { readonly endpoint: string }, path: string) =>
  (await fetch(new URL(path, bot.endpoint))).status;

test('while PostgreSQL is away every message and press is answered and nothing is changed; when it is back the press counts', {
  skip,
}, async (t) => {
  const job = await startJob(t);
  const bot = await job.startBot();
  const person = job.person(bot);
  const card = await proposal(job, person);
  const server = await cluster();
  await server.stop();
  assert.equal(await statusOf(bot, '/readyz'), 503);
  assert.equal(await statusOf(bot, '/healthz'), 200);
  const pressed = await person.press(card, 'Approve and run');
  assert.match(pressed.text ?? '', /^I cannot reach my store, so I change nothing\. Press again/);
  await person.say('check wsus01');
  await job.connector.until(
    ({ activity }) =>
      /^I cannot reach my store, so I change nothing\. Write again/.test(String(activity.text)),
    'the answer to the message',
  );
  assert.deepEqual(job.server.stats(), { restarts: 0, writes: 0 });
  await server.start();
  assert.equal(await statusOf(bot, '/readyz'), 200);
  const again = await person.press(card, 'Approve and run');
  assert.match(textOf(again.card ?? {}), /Running|Approved/);
  await job.connector.until(says(/^Done and proven/), 'the proof');
  assert.deepEqual(job.server.stats(), { restarts: 1, writes: 1 });
});

test('a hundred presses at one moment from two bots that share PostgreSQL run the change once', {
  skip,
}, async (t) => {
  const job = await startJob(t);
  const [one, two] = await Promise.all([job.startBotProcess(), job.startBotProcess()]);
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

test('PostgreSQL that is restarted while a change runs leaves a card that tells the truth, and nothing twice', {
  skip,
}, async (t) => {
  const job = await startJob(t, 1_000);
  const bot = await job.startBotProcess({ leaseFor: 1_500 });
  const person = job.person(bot);
  const card = await proposal(job, person);
  await person.press(card, 'Approve and run');
  await job.connector.until(
    (message) => /IISReset|restart/i.test(textOf(message.activity)) && says(/^Running/)(message),
    'the change at work',
  );
  const server = await cluster();
  await server.stop('immediate');
  await server.start();
  await job.connector.until(ended, 'the end');
  const { restarts, writes } = job.server.stats();
  assert.ok(restarts <= 1 && writes <= 1, `${restarts} restarts, ${writes} writes`);
  const change = await job.newestChange();
  assert.notEqual(change.state, 'running');
  if (change.state === 'succeeded') assert.equal(restarts, 1);
});
