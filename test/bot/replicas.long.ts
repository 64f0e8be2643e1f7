import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import { defaultRunSettings, type RunSettings } from '../../bot/changes/runtime.ts';
import { findChange } from '../../bot/store/read-change.ts';
import { buttonsOf } from '../kit/card-reader.ts';
import { ended, type MainJob, proposal, startMainJob } from '../kit/main-job.ts';
import { type PostgresCluster, startPostgresCluster } from '../kit/postgres-cluster.ts';
import { assertTruth, raisedFile } from '../kit/truth.ts';

let shared: Promise<PostgresCluster> | undefined;
const cluster = () => {
  shared ??= startPostgresCluster({ durable: true });
  return shared;
};
after(async () => (await shared)?.remove());

const startJob = async (t: TestContext, restartMilliseconds = 0): Promise<MainJob> =>
  startMainJob(t, { store: await (await cluster()).createDatabase(), restartMilliseconds });

const patientSettings: RunSettings = {
  ...defaultRunSettings,
  commandWindow: 300_000,
  readDeadline: 300_000,
  applyDeadline: 300_000,
  restartDeadline: 300_000,
};

test('a thousand presses in one second from four replicas: each is answered, the change runs once', async (t) => {
  const job = await startJob(t);
  // Four processes and their presses leave the practice server little of a small machine: no time is over here.
  const options = { leaseFor: 300_000, runSettings: patientSettings };
  const bots = await Promise.all(Array.from({ length: 4 }, () => job.startBotProcess(options)));
  const [first] = bots;
  assert.ok(first !== undefined);
  const person = job.person(first);
  const people = bots.map((bot) => job.person(bot, { conversationId: person.conversationId }));
  const card = await proposal(job, person);
  const token = buttonsOf(card.activity)[0]?.token ?? '';
  // Sent within one second, evenly; how long the answers take is measured, not demanded.
  const began = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index));
      const presser = people[index % people.length] ?? person;
      const sent = performance.now();
      const answer = await presser.pressToken(token, card.id);
      return { ...answer, took: performance.now() - sent };
    }),
  );
  t.diagnostic(`all answered after ${Math.round(performance.now() - began)} ms`);
  const times = answers.map(({ took }) => took).toSorted((one, other) => one - other);
  t.diagnostic(`median ${Math.round(times[500] ?? 0)} ms, slowest ${Math.round(times.at(-1) ?? 0)} ms`);
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  assert.ok(answers.every(({ card: shown, text }) => shown !== undefined || text !== undefined));
  await job.connector.until((message) => message.id === card.id && ended(message), 'the end');
  assert.match(String(card.activity.summary), /^Done and proven/);
  assert.deepEqual(job.server.stats(), { restarts: 1, writes: 1 });
  const decisions = await job.database.selectFrom('decisions').selectAll().execute();
  assert.equal(decisions.length, 1);
  const claims = await job.database
    .selectFrom('audit')
    .select('kind')
    .where('kind', 'in', ['claimed', 'taken-over-by-worker'])
    .execute();
  assert.equal(claims.length, 1);
});

for (const step of ['write', 'restart'] as const) {
  test(`a worker that stood still in the ${step} until its lease ran out acts no more when it goes on`, async (t) => {
    const job = await startJob(t, 50);
    const fileBefore = job.webConfig();
    const sleeper = await job.startBotProcess({ leaseFor: 1_500 });
    const person = job.person(sleeper);
    const card = await proposal(job, person);
    job.server.misbehave([{ host: 'slow-step', step, milliseconds: 1_000 }]);
    await person.press(card, 'Approve and run').catch(() => undefined);
    await until(async () => (await job.newestChange()).steps.some(({ name }) => name === step));
    sleeper.pause();
    const change = await job.newestChange();
    await job.startBotProcess({ leaseFor: 1_500 });
    await until(async () => (await findChange(job.database, change.id))?.state !== 'running');
    const found = await findChange(job.database, change.id);
    const stats = job.server.stats();
    sleeper.goOn();
    await job.connector.until(ended, 'the end');
    // A turn of its own, whose answer shows that it is awake and has gone on where it stood.
    await person.say('servers');
    await job.connector.until(
      (message) => /^Servers|^All|wsus01/.test(String(message.activity.summary)) && message.id !== card.id,
      'the list of the one that woke up',
    );
    await sleeper.stop();
    assert.deepEqual(job.server.stats(), stats, 'it did nothing more on the server');
    assert.deepEqual(await findChange(job.database, change.id), found, 'nor in the store');
    assert.ok(found !== undefined);
    assertTruth({
      change: found,
      fileBefore,
      fileAfter: raisedFile(fileBefore),
      file: job.webConfig(),
      stats,
    });
    await job.connector.until((message) => message.id === card.id && ended(message), 'the end on the card');
    t.diagnostic(`${found.state}: ${found.result?.kind}`);
  });
}

for (const at of ['read', 'write', 'restart', 'verify'] as const) {
  test(`PostgreSQL restarted at ${at} with two replicas: the change ends true`, async (t) => {
    const job = await startJob(t, 300);
    const fileBefore = job.webConfig();
    const one = await job.startBotProcess({ leaseFor: 1_500 });
    await job.startBotProcess({ leaseFor: 1_500 });
    const person = job.person(one);
    const card = await proposal(job, person);
    await person.press(card, 'Approve and run');
    await until(async () => (await job.newestChange()).steps.some(({ name }) => name === at));
    const server = await cluster();
    await server.stop('immediate');
    await server.start();
    await job.connector.until((message) => message.id === card.id && ended(message), 'the end on the card');
    const change = await job.newestChange();
    assertTruth({
      change,
      fileBefore,
      fileAfter: raisedFile(fileBefore),
      file: job.webConfig(),
      stats: job.server.stats(),
    });
    t.diagnostic(`${change.state}: ${change.result?.kind}`);
  });
}

/** Looks as often as it can: the moment itself is what the test is about. */
const until = async (condition: () => Promise<boolean>): Promise<void> => {
  const giveUp = Date.now() + 60_000;
  while (!(await condition())) {
    assert.ok(Date.now() < giveUp, 'the moment came');
    await new Promise((resolve) => setImmediate(resolve));
  }
};
