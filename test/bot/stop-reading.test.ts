import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { defaultRunSettings } from '../../bot/changes/runtime.ts';
import { functionNames } from '../../remote/contract.ts';
import { buttonsOf, textOf } from '../kit/card-reader.ts';
import type { ShownMessage } from '../kit/fake-connector.ts';
import { type MainJob, type StartOptions, says, startMainJob } from '../kit/main-job.ts';

/** No report ends, and none runs out of time. */
const endlessJob = async (t: TestContext): Promise<MainJob> => {
  const job = await startMainJob(t);
  job.server.misbehave([{ host: 'slow-step', step: 'read', milliseconds: 600_000 }]);
  return job;
};
const patient: StartOptions = { runSettings: defaultRunSettings };

/** A host where nobody answers: a replica that reaches no server. */
const nowhere = {
  name: 'wsus01',
  host: '127.0.0.1',
  port: 1,
  endpoint: 'WsusBot',
  account: { domain: '', user: 'svc', password: 'swordfish' },
};

/** The card that says that it reads, when the server is about to answer. */
const readingCard = async ({ connector, messages }: MainJob): Promise<ShownMessage> => {
  const card = await connector.until(says(/^Reading wsus01/), 'the card about reading');
  await messages.until('Receive', functionNames.report);
  return card;
};

/** The card that has taken its place, and what the server heard. */
const stoppedCard = async (
  { connector, messages }: MainJob,
  reading: ShownMessage,
): Promise<ShownMessage> => {
  const stopped = await connector.until(says(/^Stopped: wsus01/), 'the card that says that it was stopped');
  assert.equal(stopped.id, reading.id);
  assert.match(textOf(stopped.activity), /Reading was stopped\n.*Nothing was changed/);
  await messages.until('Signal', functionNames.report);
  return stopped;
};

test('Stop reading stops it at the server; the card says so and checks again in the same session', async (t) => {
  const job = await endlessJob(t);
  const person = job.person(await job.startBot(patient));
  await person.say('check wsus01');
  const reading = await readingCard(job);
  const { text } = await person.press(reading, 'Stop reading');
  assert.equal(text, 'I stop reading wsus01. Nothing is changed there.');
  const stopped = await stoppedCard(job, reading);
  job.server.misbehave([]);
  await person.press(stopped, 'Check again');
  await job.connector.until(says(/^Needs approval/), 'the answer');
  assert.equal(job.messages.count('Create'), 1);
});

test('a press that comes when it is read is answered, and changes nothing', async (t) => {
  const job = await startMainJob(t);
  const person = job.person(await job.startBot());
  await person.say('check wsus01');
  const answer = await job.connector.until(says(/^Needs approval/), 'the answer');
  const [button] = buttonsOf(answer.versions[0] ?? {});
  assert.equal(button?.title, 'Stop reading');
  const { text } = await person.pressToken(button?.token ?? '', answer.id);
  assert.match(text ?? '', /^I do not read wsus01 any more, so there is nothing to stop\./);
  assert.match(String(answer.activity.summary), /^Needs approval/);
  assert.equal(job.messages.count('Signal'), 0);
});

test('what a chat replica was asked to stop, the worker stops that reads', async (t) => {
  const job = await endlessJob(t);
  const chat = await job.startBot({ ...patient, role: 'chat', target: nowhere });
  await job.startBot({ ...patient, role: 'worker', trust: undefined });
  const person = job.person(chat);
  await person.say('check wsus01');
  const reading = await readingCard(job);
  await person.press(reading, 'Stop reading');
  const stopped = await stoppedCard(job, reading);
  assert.deepEqual(await job.database.selectFrom('jobs').select('id').execute(), []);
  job.server.misbehave([]);
  await person.press(stopped, 'Check again');
  await job.connector.until(says(/^Needs approval/), 'the answer');
});

test('a press at another replica reaches the one that reads', async (t) => {
  const job = await endlessJob(t);
  const [one, two] = [
    await job.startBot({ ...patient, owner: 'one' }),
    await job.startBot({ ...patient, owner: 'two' }),
  ];
  const person = job.person(one);
  await person.say('check wsus01');
  const reading = await readingCard(job);
  const elsewhere = job.person(two, { conversationId: person.conversationId });
  const { text } = await elsewhere.press(reading, 'Stop reading');
  assert.match(text ?? '', /^I stop reading wsus01\./);
  await stoppedCard(job, reading);
  const late = await elsewhere.press(
    { ...reading, activity: { ...reading.activity, attachments: reading.versions[0]?.attachments } },
    'Stop reading',
  );
  assert.match(late.text ?? '', /^I do not read wsus01 any more/);
});

test('a bot that stops leaves no card that reads for ever, and no report that runs for nobody', async (t) => {
  const job = await endlessJob(t);
  const bot = await job.startBot(patient);
  await job.person(bot).say('check wsus01');
  const reading = await readingCard(job);
  await bot.close();
  await stoppedCard(job, reading);
  assert.equal(job.messages.count('Delete'), job.messages.count('Create'));
});
