import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { HostFault } from '../../remote/practice/misbehaviour.ts';
import { buttonsOf, textOf } from '../kit/card-reader.ts';
import { ended, proposal, says, startMainJob } from '../kit/main-job.ts';

const runWith = async (t: Parameters<typeof startMainJob>[0], faults: readonly HostFault[]) => {
  const job = await startMainJob(t);
  const before = job.webConfig();
  const person = job.person(await job.startBot());
  const card = await proposal(job, person);
  job.server.misbehave(faults);
  await person.press(card, 'Approve and run');
  const shown = await job.connector.until(ended, 'the end');
  return { job, before, person, shown, change: await job.newestChange() };
};

suite('a server that has a fault of its own', { concurrency: 4 }, () => {
  test('a service that does not come back gets its old file back, and the card says so', async (t) => {
    const { job, before, shown, change } = await runWith(t, [{ host: 'service-503-after-restart' }]);
    assert.equal(change.result?.kind, 'restored');
    assert.ok(job.webConfig().equals(before));
    assert.deepEqual(job.server.stats(), { restarts: 2, writes: 2 });
    assert.match(textOf(shown.activity), /Failed, restored/);
    assert.match(textOf(shown.activity), /The old file is back/);
  });

  test('a service that answers HTML after the restart gets its old file back', async (t) => {
    const { job, before, change } = await runWith(t, [{ host: 'service-500-after-restart' }]);
    assert.equal(change.result?.kind, 'restored');
    assert.ok(job.webConfig().equals(before));
  });

  test('when the way back fails too, the state is unknown and nothing is tried again', async (t) => {
    const { job, shown, change } = await runWith(t, [{ host: 'service-503-always' }]);
    assert.equal(change.result?.kind, 'unknown');
    assert.match(textOf(shown.activity), /so did the way back/);
    assert.deepEqual(job.server.stats(), { restarts: 2, writes: 2 });
  });

  test('a file that cannot be written leaves everything as it was', async (t) => {
    const { job, before, shown, change } = await runWith(t, [{ host: 'file-write-denied' }]);
    assert.equal(change.result?.kind, 'not-done');
    assert.ok(job.webConfig().equals(before));
    assert.deepEqual(job.server.stats(), { restarts: 0, writes: 0 });
    assert.match(textOf(shown.activity), /The file was not changed/);
  });

  test('a backup that cannot be written stops the change before the file is touched', async (t) => {
    const { job, before, change } = await runWith(t, [{ host: 'backup-write-denied' }]);
    assert.equal(change.result?.kind, 'not-done');
    assert.ok(job.webConfig().equals(before));
  });

  test('a restart without effect is not called done: the file says 800, the service does not use it', async (t) => {
    const { change, shown } = await runWith(t, [{ host: 'restart-without-effect' }]);
    assert.equal(change.result?.kind, 'not-active');
    assert.doesNotMatch(textOf(shown.activity), /Done/);
    assert.ok(buttonsOf(shown.activity).some(({ title }) => title === 'Plan the restart'));
  });

  test('a restart that does not end is unknown; when it has ended, Look again says what is true', async (t) => {
    const { job, person, shown, change } = await runWith(t, [{ host: 'restart-never-ends' }]);
    assert.equal(change.state, 'unknown');
    job.server.misbehave([]);
    const answer = await person.press(shown, 'Look again');
    assert.equal(answer.status, 200);
    await job.connector.until(says(/^(Done|Failed)/), 'the settled card');
    assert.equal(job.server.stats().restarts, 1);
  });

  test('an unknown change can be taken over by hand', async (t) => {
    const { job, person, shown } = await runWith(t, [{ host: 'service-503-always' }]);
    await person.press(shown, 'Take over');
    assert.equal((await job.newestChange()).state, 'taken-over');
  });
});
