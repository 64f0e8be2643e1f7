import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoPeople } from '../../bot/demo-config.ts';
import { ended, proposal, startMainJob } from '../kit/main-job.ts';

// Somebody who can write to the store, and not to the audit, wants a change to run that nobody approved.

for (const [what, isVoteAdded, code] of [
  ['calls a plan approved', false, 'plan-differs'],
  ['adds the vote of an approver', true, 'vote-not-on-record'],
] as const) {
  test(`who ${what} by hand starts nothing, and it is said`, async (t) => {
    const job = await startMainJob(t);
    const bot = await job.startBot();
    await proposal(job, job.person(bot));
    const { id, plans } = await job.newestChange();
    const hash = plans[0]?.hash ?? '';
    if (isVoteAdded) {
      await job.database
        .insertInto('decisions')
        .values({
          changeId: id,
          planHash: hash,
          decision: 'approved',
          personId: demoPeople.approver.aadObjectId,
          personName: demoPeople.approver.name,
          at: new Date().toISOString(),
          reason: null,
        })
        .execute();
    }
    await job.database
      .updateTable('changes')
      .set({ state: 'approved', holdsLock: 1, planHash: hash })
      .where('id', '=', id)
      .execute();
    await job.connector.until(ended, 'the end');
    const { state, result } = await job.newestChange();
    assert.equal(state, 'failed');
    assert.equal(result?.kind === 'not-done' ? result.reason.code : result?.kind, code);
    assert.deepEqual(job.server.stats(), { restarts: 0, writes: 0 });
  });
}
