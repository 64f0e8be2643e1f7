import assert from 'node:assert/strict';
import type { Decision } from '../../../bot/changes/change.ts';
import { planHash } from '../../../bot/changes/plan.ts';
import { claim, finish } from '../../../bot/store/lease.ts';
import { changeIdsIn, changeUnderWay, findChange } from '../../../bot/store/read-change.ts';
import {
  decide,
  expireDue,
  propose,
  settleUnknown,
  takeOverByHand,
} from '../../../bot/store/write-change.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { raisePlan } from '../changes/scene.ts';
import { testOnBothStores as test } from './both-stores.ts';
import { approved, memoryStore, minutes, newChange, newPlan, proposed } from './sample-store.ts';

const yes = (overrides: Partial<Decision> = {}): Decision => ({
  decision: 'approved',
  planHash: planHash(raisePlan),
  person: approver,
  at: minutes(1),
  ...overrides,
});

const unknownEnding = {
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

const staleEnding = { state: 'stale', result: { kind: 'stale', seenAt: minutes(5).toISOString() } } as const;

test('a proposal is read back as it was written', async (t) => {
  const database = await memoryStore(t);
  const change = newChange();
  assert.deepEqual(await propose(database, change), []);
  const found = await findChange(database, change.id);
  assert.ok(found !== undefined);
  const { id, server, kind, plans, context, createdAt, expiresAt, ...rest } = found;
  assert.deepEqual(
    { id, server, kind, plans, context, requester: rest.requester, createdAt, expiresAt },
    change,
  );
  assert.equal(rest.state, 'proposed');
  assert.equal(rest.decision, undefined);
  assert.deepEqual(rest.steps, []);
});

test('a newer proposal for the same server supersedes the older one, and no other', async (t) => {
  const database = await memoryStore(t);
  const older = await proposed(database);
  const elsewhere = await proposed(database, newPlan('wsus02'));
  const running = await approved(database, newPlan('wsus03'));
  assert.deepEqual(await propose(database, newChange(newPlan(), minutes(2))), [older]);
  const found = await findChange(database, older);
  assert.equal(found?.state, 'superseded');
  assert.deepEqual(found?.endedAt, minutes(2));
  assert.equal((await findChange(database, elsewhere))?.state, 'proposed');
  assert.deepEqual(await propose(database, newChange(newPlan('wsus03'))), []);
  assert.equal((await findChange(database, running))?.state, 'approved');
});

test('numbers count up, so that a person can name a plan', async (t) => {
  const database = await memoryStore(t);
  const numbers: number[] = [];
  for (let count = 0; count < 3; count++) {
    const id = await proposed(database);
    numbers.push((await findChange(database, id))?.number ?? 0);
  }
  assert.deepEqual(numbers, [1, 2, 3]);
});

test('of a hundred decisions one is taken', async (t) => {
  const database = await memoryStore(t);
  const id = await proposed(database);
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => decide(database, id, yes())));
  assert.equal(outcomes.filter((outcome) => outcome === 'taken').length, 1);
  assert.equal(outcomes.filter((outcome) => outcome === 'too-late').length, 99);
});

test('a decision keeps who decided, when, and on which plan', async (t) => {
  const database = await memoryStore(t);
  const id = await proposed(database);
  await decide(database, id, yes());
  const change = await findChange(database, id);
  assert.equal(change?.state, 'approved');
  assert.deepEqual(change?.decision, yes());
});

test('approve and decline at one moment: one counts, the other comes too late', async (t) => {
  const database = await memoryStore(t);
  const id = await proposed(database);
  const outcomes = await Promise.all([
    decide(database, id, yes({ decision: 'declined' })),
    decide(database, id, yes()),
  ]);
  assert.deepEqual(outcomes.toSorted(), ['taken', 'too-late']);
});

for (const decision of ['declined', 'withdrawn'] as const) {
  test(`a proposal that is ${decision} has ended`, async (t) => {
    const database = await memoryStore(t);
    const id = await proposed(database);
    assert.equal(await decide(database, id, yes({ decision, person: requester })), 'taken');
    const change = await findChange(database, id);
    assert.equal(change?.state, 'declined');
    assert.equal(change?.decision?.decision, decision);
    assert.deepEqual(change?.endedAt, minutes(1));
    assert.equal(await decide(database, id, yes()), 'too-late');
  });
}

test('a decision after the plan ran out comes too late, at the last millisecond it does not', async (t) => {
  const database = await memoryStore(t);
  const id = await proposed(database);
  assert.equal(await decide(database, id, yes({ at: minutes(60) })), 'too-late');
  assert.equal(await decide(database, id, yes({ at: new Date(minutes(60).getTime() - 1) })), 'taken');
});

test('a decision on a change that nobody knows comes too late', async (t) => {
  assert.equal(await decide(await memoryStore(t), 'no such change', yes()), 'too-late');
});

test('while a change is approved or runs on a server, no other can be approved there', async (t) => {
  const database = await memoryStore(t);
  const first = await approved(database);
  const second = await proposed(database);
  assert.equal(await decide(database, second, yes()), 'busy');
  assert.equal((await findChange(database, second))?.state, 'proposed', 'the refused one is untouched');
  assert.equal((await findChange(database, second))?.decision, undefined);
  const lease = await claim(database, first, 'one', minutes(2), minutes(3));
  assert.equal(await decide(database, second, yes()), 'busy');
  assert.equal((await changeUnderWay(database, 'wsus01'))?.id, first);
  assert.ok(lease !== undefined);
  await finish(database, lease, staleEnding, minutes(4));
  assert.equal(await decide(database, second, yes()), 'taken');
  assert.equal((await changeUnderWay(database, 'wsus01'))?.id, second);
});

test('a busy server does not keep other servers from a change, nor anybody from declining', async (t) => {
  const database = await memoryStore(t);
  await approved(database);
  const elsewhere = await proposed(database, newPlan('wsus02'));
  assert.equal(await decide(database, elsewhere, yes()), 'taken');
  const second = await proposed(database);
  assert.equal(await decide(database, second, yes({ decision: 'declined' })), 'taken');
});

test('proposals expire when their time is over, and only those', async (t) => {
  const database = await memoryStore(t);
  const due = await proposed(database);
  const running = await approved(database, newPlan('wsus02'));
  const later = newPlan('wsus03');
  await propose(database, newChange({ ...later, expiresAt: minutes(120).toISOString() }));
  assert.deepEqual(await expireDue(database, new Date(minutes(60).getTime() - 1)), []);
  assert.deepEqual(await expireDue(database, minutes(60)), [due]);
  assert.deepEqual(await expireDue(database, minutes(61)), [], 'told once');
  assert.equal((await findChange(database, due))?.state, 'expired');
  assert.equal((await findChange(database, running))?.state, 'approved');
  assert.equal((await findChange(database, later.changeId))?.state, 'proposed');
});

test('an unknown change is settled by what a look found out', async (t) => {
  const database = await memoryStore(t);
  const id = await approved(database);
  const lease = await claim(database, id, 'one', minutes(2), minutes(3));
  assert.ok(lease !== undefined);
  await finish(database, lease, unknownEnding, minutes(4));
  assert.equal(await settleUnknown(database, id, unknownEnding, minutes(5)), true);
  assert.deepEqual((await findChange(database, id))?.endedAt, minutes(4), 'since when is not moved');
  assert.equal(await settleUnknown(database, id, staleEnding, minutes(6)), true);
  assert.equal((await findChange(database, id))?.state, 'stale');
  assert.equal(await settleUnknown(database, id, unknownEnding, minutes(7)), false);
});

test('an unknown change that a person took over is not settled by a late look', async (t) => {
  const database = await memoryStore(t);
  const id = await approved(database);
  const lease = await claim(database, id, 'one', minutes(2), minutes(3));
  assert.ok(lease !== undefined);
  await finish(database, lease, unknownEnding, minutes(4));
  assert.equal(await takeOverByHand(database, id, requester, minutes(5)), true);
  assert.equal(await settleUnknown(database, id, staleEnding, minutes(6)), false);
  const change = await findChange(database, id);
  assert.equal(change?.state, 'taken-over');
  assert.deepEqual(change?.takenOverBy, requester);
  assert.equal(change?.decision?.decision, 'approved', 'who approved stays known');
});

test('only an unknown change can be taken over by hand, and only once', async (t) => {
  const database = await memoryStore(t);
  const id = await approved(database);
  assert.equal(await takeOverByHand(database, id, approver, minutes(5)), false);
  const lease = await claim(database, id, 'one', minutes(2), minutes(3));
  assert.ok(lease !== undefined);
  await finish(database, lease, unknownEnding, minutes(4));
  const outcomes = await Promise.all(
    [approver, requester].map((person) => takeOverByHand(database, id, person, minutes(5))),
  );
  assert.deepEqual(outcomes.toSorted(), [false, true]);
});

test('the ids of a state come oldest first', async (t) => {
  const database = await memoryStore(t);
  const ids: string[] = [];
  for (const server of ['b', 'a', 'c']) ids.push(await approved(database, newPlan(server)));
  assert.deepEqual(await changeIdsIn(database, 'approved'), ids);
});
