import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepName } from '../../bot/changes/step.ts';
import { connectWsusServer } from '../../remote/connect-wsus-server.ts';
import type { ProgressStep } from '../../remote/contract.ts';
import { textOf } from '../kit/card-reader.ts';
import { ended, proposal, startMainJob } from '../kit/main-job.ts';
import { assertTruth, raisedFile } from '../kit/truth.ts';

/** Steps that the journal shows, each with where the server rests meanwhile so that the kill meets it. */
const moments: readonly { readonly at: StepName; readonly rest: ProgressStep | undefined }[] = [
  { at: 'read', rest: undefined },
  { at: 'backup', rest: 'backup' },
  { at: 'write', rest: 'write' },
  { at: 'verify-file', rest: 'verify-file' },
  { at: 'restart', rest: 'restart' },
  { at: 'wait', rest: 'wait' },
  { at: 'verify', rest: undefined },
];

for (const { at, rest } of moments) {
  for (const milliseconds of rest === undefined ? [0] : [0, 1_500]) {
    test(`killed at ${at}, the server resting ${milliseconds} ms there: the next start tells the truth and repeats nothing`, async (t) => {
      const job = await startMainJob(t, { restartMilliseconds: 50 });
      const fileBefore = job.webConfig();
      const first = await job.startBotProcess();
      const person = job.person(first);
      const card = await proposal(job, person);
      if (rest !== undefined && milliseconds > 0) {
        job.server.misbehave([{ host: 'slow-step', step: rest, milliseconds }]);
      }
      await person.press(card, 'Approve and run').catch(() => undefined);
      await journalled(job, at);
      if (milliseconds > 0) await acting(job);
      await first.kill();

      await job.startBotProcess();
      const shown = await job.connector.until(ended, 'the card after the restart of the bot');
      const change = await job.newestChange();
      assertTruth({
        change,
        fileBefore,
        fileAfter: raisedFile(fileBefore),
        file: job.webConfig(),
        stats: job.server.stats(),
      });
      assert.ok(textOf(shown.activity).length > 0);
      t.diagnostic(`${change.state}: ${change.result?.kind}`);
    });
  }
}

test('killed between the press and the start: the approved change runs once at the next start', async (t) => {
  const job = await startMainJob(t);
  const first = await job.startBotProcess();
  const person = job.person(first);
  const card = await proposal(job, person);
  // The answer to the press is on its way when the process dies: what counts is what the store holds.
  const pressing = person.press(card, 'Approve and run').catch(() => undefined);
  await until(async () => (await job.newestChange()).state !== 'proposed');
  await first.kill();
  await pressing;
  await job.startBotProcess();
  await job.connector.until(ended, 'the end');
  assert.ok(job.server.stats().restarts <= 1);
  assert.ok(job.server.stats().writes <= 1);
});

/** The function has begun on the server and rests there. */
const acting = async (job: Awaited<ReturnType<typeof startMainJob>>): Promise<void> => {
  const onlooker = connectWsusServer(job.server.target);
  await until(async () => {
    const { activity } = await onlooker.report();
    return activity.ok && activity.running !== null;
  });
  await onlooker.close();
};

const journalled = (job: Awaited<ReturnType<typeof startMainJob>>, at: StepName): Promise<void> =>
  until(async () => (await job.newestChange()).steps.some((step) => step.name === at));

/** Looks at the store as often as it can: the moment itself is what the test is about. */
const until = async (condition: () => Promise<boolean>): Promise<void> => {
  const giveUp = Date.now() + 20_000;
  while (!(await condition())) {
    assert.ok(Date.now() < giveUp, 'the moment came');
    await new Promise((resolve) => setImmediate(resolve));
  }
};
