import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { decisionOf, type Ending } from '../../../bot/changes/change.ts';
import { planHash } from '../../../bot/changes/plan.ts';
import { unknownAnsweredBy } from '../../../bot/store/answered-unknown.ts';
import { approve, takeOverByHand, unlock } from '../../../bot/store/decide.ts';
import { claim, finish } from '../../../bot/store/lease.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { queueAgain, releaseDue } from '../../../bot/store/queue.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { settleUnknown } from '../../../bot/store/settle-unknown.ts';
import { backupNameOf } from '../../../remote/contract.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { approved, memoryStore, minutes, newPlan, proposed } from './sample-store.ts';

const unknown = {
  state: 'unknown',
  result: {
    kind: 'unknown',
    at: 'write',
    reason: { code: 'bot-stopped', text: 'x', remedy: null, serverText: null },
    file: 'not-seen',
    seenAt: null,
    wayBackFailed: false,
  },
} as const;

const stale = { state: 'stale', result: { kind: 'stale', seenAt: minutes(5).toISOString() } } as const;

const endedUnknown = async (database: Database): Promise<string> => {
  const id = await approved(database);
  const lease = await claim(database, id, 'one', minutes(2), minutes(3));
  assert.ok(lease !== undefined);
  await finish(database, lease, unknown, minutes(4));
  return id;
};

const approvedThere = async (database: Database) => {
  const plan = { ...newPlan(), path: randomUUID() };
  const id = await proposed(database, plan);
  return approve(database, id, { planHash: planHash(plan), person: approver, at: minutes(9) }, { needed: 1 });
};

test('an unknown change holds its server until it is settled by what a look found out', async (t) => {
  const database = await memoryStore(t);
  const id = await endedUnknown(database);
  assert.equal(await approvedThere(database), 'locked');
  assert.equal(await settleUnknown(database, id, unknown, minutes(5)), true);
  assert.deepEqual((await findChange(database, id))?.endedAt, minutes(4), 'since when is not moved');
  assert.equal(await approvedThere(database), 'locked', 'a look that found nothing frees nothing');
  assert.equal(await settleUnknown(database, id, stale, minutes(6)), true);
  assert.equal((await findChange(database, id))?.state, 'stale');
  assert.equal(await settleUnknown(database, id, unknown, minutes(7)), false);
  assert.equal(await approvedThere(database), 'approved');
});

test('an unknown change that a person took over is not settled by a late look', async (t) => {
  const database = await memoryStore(t);
  const id = await endedUnknown(database);
  assert.equal(await takeOverByHand(database, id, requester, minutes(5)), 'taken');
  assert.equal(await settleUnknown(database, id, stale, minutes(6)), false);
  const change = await findChange(database, id);
  assert.equal(change?.state, 'taken-over');
  assert.deepEqual(change && decisionOf(change, 'taken-over')?.person, requester);
  assert.deepEqual(change && decisionOf(change, 'approved')?.person, approver, 'who approved stays known');
  assert.equal(await approvedThere(database), 'approved');
});

test('only an unknown change can be taken over by hand, and only once', async (t) => {
  const database = await memoryStore(t);
  const running = await approved(database, newPlan('wsus02'));
  assert.equal(await takeOverByHand(database, running, approver, minutes(5)), 'too-late');
  const id = await endedUnknown(database);
  const outcomes = await Promise.all(
    [approver, requester].map((person) => takeOverByHand(database, id, person, minutes(5))),
  );
  assert.deepEqual(outcomes.toSorted(), ['taken', 'too-late']);
});

test('an unlocked server is free, its change stays unknown and says who freed it and why', async (t) => {
  const database = await memoryStore(t);
  const id = await endedUnknown(database);
  const reason = 'I looked at the server: it is the old file';
  assert.deepEqual(await unlock(database, 'wsus01', approver, minutes(5), reason), { unlocked: id });
  const change = await findChange(database, id);
  assert.equal(change?.state, 'unknown');
  assert.equal(change && decisionOf(change, 'unlocked')?.reason, reason);
  assert.equal(await approvedThere(database), 'approved');
});

test('a server whose change is under way is not unlocked, nor one that nothing holds', async (t) => {
  const database = await memoryStore(t);
  await approved(database);
  assert.equal(await unlock(database, 'wsus01', approver, minutes(5), 'x'), 'running');
  assert.equal(await unlock(database, 'wsus02', approver, minutes(5), 'x'), 'not-locked');
});

test('a way back that waits for its window leaves the unknown change its server until it is let go', async (t) => {
  const database = await memoryStore(t);
  const id = await endedUnknown(database);
  const plan = { ...newPlan(), kind: 'roll-back' as const, backup: backupNameOf(id) };
  const wayBack = await proposed(database, plan);
  const answers = await unknownAnsweredBy(database, plan);
  assert.equal(answers, id);
  const queue = { after: minutes(20), before: minutes(40) };
  const vote = { planHash: planHash(plan), person: approver, at: minutes(9) };
  assert.equal(await approve(database, wayBack, vote, { needed: 1, queue, answers }), 'queued');
  assert.equal((await findChange(database, id))?.holdsLock, true);
  assert.deepEqual(await releaseDue(database, minutes(21)), [wayBack]);
  assert.equal((await findChange(database, id))?.holdsLock, false);
  assert.equal((await findChange(database, wayBack))?.holdsLock, true);
});

const releasedWayBack = async (database: Database, of: string): Promise<string> => {
  const plan = { ...newPlan(), kind: 'roll-back' as const, backup: backupNameOf(of) };
  const wayBack = await proposed(database, plan);
  const vote = { planHash: planHash(plan), person: approver, at: minutes(9) };
  const answers = await unknownAnsweredBy(database, plan);
  assert.equal(answers, of);
  assert.equal(await approve(database, wayBack, vote, { needed: 1, answers }), 'approved');
  return wayBack;
};

const endedWith = async (database: Database, id: string, ending: Ending): Promise<void> => {
  const lease = await claim(database, id, 'one', minutes(10), minutes(11));
  assert.ok(lease !== undefined);
  await finish(database, lease, ending, minutes(12));
};

const notDone: Ending = {
  state: 'failed',
  result: { kind: 'not-done', at: 'read', reason: unknown.result.reason, seenAt: null },
};

for (const [how, ending] of [
  ['ended before it wrote', notDone],
  ['met another file', stale],
] as const) {
  test(`an unknown change holds its server again when its way back ${how}, and can be answered anew`, async (t) => {
    const database = await memoryStore(t);
    const id = await endedUnknown(database);
    const wayBack = await releasedWayBack(database, id);
    const answered = await findChange(database, id);
    assert.deepEqual([answered?.holdsLock, answered?.answeredBy], [false, wayBack]);
    await endedWith(database, wayBack, ending);
    const again = await findChange(database, id);
    assert.deepEqual([again?.state, again?.holdsLock, again?.answeredBy], ['unknown', true, undefined]);
    assert.ok((again?.version ?? 0) > (answered?.version ?? 0), 'its cards are replaced');
    await releasedWayBack(database, id);
    assert.equal((await findChange(database, id))?.holdsLock, false);
  });
}

test('a way back of unknown end keeps the answer until a look finds that it wrote nothing', async (t) => {
  const database = await memoryStore(t);
  const id = await endedUnknown(database);
  const wayBack = await releasedWayBack(database, id);
  await endedWith(database, wayBack, unknown);
  assert.equal((await findChange(database, id))?.holdsLock, false);
  assert.equal(await settleUnknown(database, wayBack, notDone, minutes(13)), true);
  assert.equal((await findChange(database, id))?.holdsLock, true);
  assert.equal((await findChange(database, wayBack))?.holdsLock, false);
});

test('a change that has its answer cannot be taken over by hand from an old card', async (t) => {
  const database = await memoryStore(t);
  const id = await endedUnknown(database);
  const wayBack = await releasedWayBack(database, id);
  assert.equal(await takeOverByHand(database, id, approver, minutes(10)), 'too-late');
  assert.equal((await findChange(database, id))?.answeredBy, wayBack);
});

test('a way back that a freeze puts into the queue gives the server back to what it was to answer', async (t) => {
  const database = await memoryStore(t);
  const id = await endedUnknown(database);
  const wayBack = await releasedWayBack(database, id);
  assert.equal(await queueAgain(database, wayBack, minutes(10), minutes(10)), true);
  assert.equal((await findChange(database, id))?.holdsLock, true);
  assert.deepEqual(await releaseDue(database, minutes(11)), [wayBack]);
  assert.equal((await findChange(database, id))?.answeredBy, wayBack);
});

test('a change whose server was given up is not settled by a late look: another one may have acted there', async (t) => {
  const database = await memoryStore(t);
  const id = await endedUnknown(database);
  const plan = { ...newPlan(), kind: 'roll-back' as const, backup: backupNameOf(id) };
  const wayBack = await proposed(database, plan);
  const vote = { planHash: planHash(plan), person: approver, at: minutes(9) };
  assert.equal(await approve(database, wayBack, vote, { needed: 1, answers: id }), 'approved');
  assert.equal(await settleUnknown(database, id, stale, minutes(10)), false);
  assert.equal((await findChange(database, id))?.state, 'unknown');
});
