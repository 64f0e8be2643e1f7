import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import { textOf } from '../kit/card-reader.ts';
import { ended, type MainJob, type MainJobOptions, proposal, says, startMainJob } from '../kit/main-job.ts';
import { type PostgresCluster, startPostgresCluster } from '../kit/postgres-cluster.ts';
import { withoutPostgres } from './store/both-stores.ts';

const skip = withoutPostgres;

let shared: Promise<PostgresCluster> | undefined;
after(async () => (await shared)?.remove());

const startJob = async (t: TestContext, options: MainJobOptions = {}): Promise<MainJob> => {
  shared ??= startPostgresCluster();
  return startMainJob(t, { store: await (await shared).createDatabase(), ...options });
};

/** A host where nobody answers: a replica that reaches no server. */
const nowhere = {
  name: 'wsus01',
  host: '127.0.0.1',
  port: 1,
  endpoint: 'WsusBot',
  account: { domain: '', user: 'svc', password: 'swordfish' },
};

test('what was proposed by one replica is approved at another, and every card tells the end', {
  skip,
}, async (t) => {
  const job = await startJob(t);
  const [one, two] = [await job.startBot({ owner: 'one' }), await job.startBot({ owner: 'two' })];
  const person = job.person(one);
  const card = await proposal(job, person);
  const there = job.person(two, { conversationId: person.conversationId });
  await there.press(card, 'Approve and run');
  await job.connector.until(
    (message) => message.id === card.id && says(/^Done and proven/)(message),
    'the proof',
  );
  assert.deepEqual(job.server.stats(), { restarts: 1, writes: 1 });
});

test('a replica for the chat and one for the servers do together what one does alone', {
  skip,
}, async (t) => {
  const job = await startJob(t);
  const chat = await job.startBot({ role: 'chat', target: nowhere });
  const worker = await job.startBot({ role: 'worker', trust: undefined });
  assert.equal((await fetch(worker.endpoint, { method: 'POST' })).status, 404, 'a worker hears nobody');
  assert.equal((await fetch(new URL('/readyz', worker.endpoint))).status, 200);
  const person = job.person(chat);
  const card = await proposal(job, person);
  await person.press(card, 'Approve and run');
  const done = await job.connector.until(says(/^Done and proven/), 'the proof');
  assert.ok(
    done.versions.some((version) => /Running/.test(textOf(version))),
    'its steps were shown',
  );
  await person.say('servers');
  await job.connector.until(
    ({ activity }) => /800/.test(textOf(activity)) && /wsus01/.test(textOf(activity)),
    'the list',
  );
  assert.deepEqual(job.server.stats(), { restarts: 1, writes: 1 });
});

test('an error that the worker meets is told in the chat as if it had been met there', {
  skip,
}, async (t) => {
  const job = await startJob(t);
  const chat = await job.startBot({ role: 'chat' });
  await job.startBot({ role: 'worker', target: nowhere });
  const person = job.person(chat);
  await person.say('check wsus01');
  const shown = await job.connector.until(says(/^Unreachable/), 'the card');
  assert.match(textOf(shown.activity), /Port \d+ is closed/);
});

test('cards that a replica left behind when it died are shown by another', { skip }, async (t) => {
  const job = await startJob(t, { restartMilliseconds: 500 });
  const first = await job.startBotProcess({ role: 'chat' });
  const worker = await job.startBotProcess({ role: 'worker' });
  const person = job.person(first);
  const card = await proposal(job, person);
  await person.press(card, 'Approve and run');
  await job.connector.until(says(/^Running/), 'the change at work');
  await first.kill();
  await untilEnded(job);
  await worker.kill();
  await job.startBot({ role: 'chat' });
  await job.connector.until((message) => message.id === card.id && ended(message), 'the end on the card');
});

test('a replica whose clock is ten minutes off takes nothing over, expires nothing and is late with nothing', {
  skip,
}, async (t) => {
  for (const off of [10 * 60_000, -10 * 60_000]) {
    const job = await startJob(t, { restartMilliseconds: 300 });
    const one = await job.startBot({ owner: 'one' });
    await job.startBot({
      owner: 'two',
      clocks: { now: () => new Date(Date.now() + off), monotonic: () => performance.now() },
    });
    const person = job.person(one);
    const card = await proposal(job, person);
    await person.press(card, 'Approve and run');
    await job.connector.until(says(/^Done and proven/), 'the proof');
    const change = await job.newestChange();
    assert.ok(Math.abs((change.startedAt?.getTime() ?? 0) - Date.now()) < 120_000, 'one time for all');
    const kinds = await job.database.selectFrom('audit').select('kind').execute();
    assert.ok(!kinds.some(({ kind }) => kind === 'taken-over-by-worker' || kind === 'expired'));
    assert.deepEqual(job.server.stats(), { restarts: 1, writes: 1 });
  }
});

test('a replica that is stopped in a long step hands the change over, and another finds out what came of it', {
  skip,
}, async (t) => {
  const job = await startJob(t, { restartMilliseconds: 2_000 });
  const one = await job.startBotProcess({ stopWithin: 100, leaseFor: 600_000 });
  const person = job.person(one);
  const card = await proposal(job, person);
  await person.press(card, 'Approve and run');
  await job.connector.until(
    (message) => says(/^Running/)(message) && /Restart/i.test(String(textOf(message.activity))),
    'the change at work',
  );
  while (!(await job.newestChange()).steps.some(({ name }) => name === 'restart'));
  const stopped = one.stop();
  const two = await job.startBot();
  await job.connector.until(says(/^Done and proven/), 'the proof, long before the lease would have run out');
  await stopped;
  const kinds = await job.database.selectFrom('audit').select('kind').execute();
  assert.ok(kinds.some(({ kind }) => kind === 'taken-over-by-worker'));
  assert.deepEqual(job.server.stats(), { restarts: 1, writes: 1 });
  await two.close();
});

const untilEnded = async (job: MainJob): Promise<void> => {
  while (['approved', 'running'].includes((await job.newestChange()).state));
};
