import assert from 'node:assert/strict';
import { planHash } from '../../../bot/changes/plan.ts';
import { advanceBatch } from '../../../bot/store/advance-batch.ts';
import { cardShown, changesBehind, claimCard } from '../../../bot/store/card-claim.ts';
import { approve, decline } from '../../../bot/store/decide.ts';
import {
  approveBatch,
  breakGlassOfBatch,
  declineBatch,
  type MemberTerms,
} from '../../../bot/store/decide-batch.ts';
import { claim, finish } from '../../../bot/store/lease.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { rememberCard } from '../../../bot/store/posted.ts';
import { propose } from '../../../bot/store/propose.ts';
import { proposeBatch } from '../../../bot/store/propose-batch.ts';
import { expireDue, releaseDue } from '../../../bot/store/queue.ts';
import { findBatch, firstOfBatch } from '../../../bot/store/read-batch.ts';
import { changesOfBatch, findChange } from '../../../bot/store/read-change.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { raisePlan } from '../changes/scene.ts';
import { testOnBothStores } from './both-stores.ts';
import { approved, memoryStore, minutes, newChange, newPlan } from './sample-store.ts';

const second = { aadObjectId: 'dddddddd-0000-4000-8000-000000000004', name: 'Kim Larsen' };
const servers = ['wsus01', 'wsus02', 'wsus03'];

interface Sample {
  readonly id: string;
  readonly terms: readonly MemberTerms[];
}

const batchOf = async (
  database: Database,
  { id = 'batch', parallel = 1, names = servers } = {},
): Promise<Sample> => {
  const plans = names.map((name) => newPlan(name));
  const batch = { id, requester, createdAt: minutes(0), parallel, leftOut: [] };
  const proposed = await proposeBatch(
    database,
    batch,
    plans.map((plan) => newChange(plan)),
  );
  assert.equal(proposed.kind, 'new');
  return {
    id,
    terms: plans.map((plan) => ({
      id: plan.changeId,
      planHash: planHash(plan),
      needed: 1,
      queue: { after: null, before: minutes(61) },
    })),
  };
};

const approvedBatch = async (
  database: Database,
  options?: Parameters<typeof batchOf>[1],
): Promise<Sample> => {
  const sample = await batchOf(database, options);
  const by = { person: approver, at: minutes(1) };
  assert.equal(await approveBatch(database, sample.id, sample.terms, by), 'queued');
  return sample;
};

const statesIn = async (database: Database, id = 'batch'): Promise<string[]> =>
  (await changesOfBatch(database, id)).map(({ state }) => state);

const idOf = (sample: Sample, place: number): string => sample.terms[place]?.id ?? '';

const end = async (database: Database, id: string, state: 'failed' | 'stale' | 'unknown' | 'succeeded') => {
  const lease = await claim(database, id, 'one', minutes(2), minutes(3));
  assert.ok(lease !== undefined, 'it was approved');
  const result = { kind: 'stale', seenAt: minutes(2).toISOString() } as const;
  await finish(database, lease, { state, result }, minutes(2));
};

const advance = (database: Database, mayStart = true) =>
  advanceBatch(database, 'batch', minutes(2), mayStart);

testOnBothStores('a batch is read with its changes in their order', async (t) => {
  const database = await memoryStore(t);
  const sample = await batchOf(database, { parallel: 2 });
  const batch = await findBatch(database, 'batch');
  assert.deepEqual(
    batch?.members.map(({ id, server, batch: of }) => [id, server, of?.place]),
    servers.map((server, place) => [idOf(sample, place), server, place]),
  );
  assert.equal(batch?.parallel, 2);
  assert.equal(await firstOfBatch(database, idOf(sample, 2)), idOf(sample, 0));
});

testOnBothStores('all its changes are added, or none', async (t) => {
  const database = await memoryStore(t);
  const first = newPlan();
  const batch = { id: 'batch', requester, createdAt: minutes(0), parallel: 1, leftOut: [] };
  const twice = [newChange(newPlan('wsus02')), newChange(first), newChange(first)];
  await assert.rejects(proposeBatch(database, batch, twice));
  assert.deepEqual(await database.selectFrom('changes').select('id').execute(), []);
  assert.equal(await findBatch(database, 'batch'), undefined);
});

testOnBothStores(
  'the same plans asked for again are the batch that waits; another order is another one',
  async (t) => {
    const database = await memoryStore(t);
    const sample = await batchOf(database);
    const batch = { requester, createdAt: minutes(1), parallel: 1, leftOut: [] };
    const again = (names: readonly string[], id: string) =>
      proposeBatch(
        database,
        { ...batch, id },
        names.map((name) => newChange(newPlan(name), minutes(1))),
      );
    assert.deepEqual(await again(servers, 'again'), { kind: 'same', id: 'batch' });
    assert.equal(await findBatch(database, 'again'), undefined);
    const turned = await again(servers.toReversed(), 'turned');
    assert.ok(turned.kind === 'new');
    assert.deepEqual(turned.superseded.toSorted(), sample.terms.map(({ id }) => id).toSorted());
  },
);

testOnBothStores(
  'the plan of a batch asked for alone is the one that waits; another plan takes its place',
  async (t) => {
    const database = await memoryStore(t);
    const sample = await approvedBatch(database);
    const same = await propose(database, newChange(newPlan('wsus02'), minutes(1)));
    assert.deepEqual(same, { kind: 'same', id: idOf(sample, 1) });
    const other = newPlan('wsus02', { ...raisePlan, sha256Before: 'c'.repeat(64) });
    assert.deepEqual(await propose(database, newChange(other, minutes(1))), {
      kind: 'new',
      superseded: [idOf(sample, 1)],
    });
  },
);

testOnBothStores(
  'of two batches for the same servers at one moment the later one replaces the other',
  async (t) => {
    const database = await memoryStore(t);
    await batchOf(database);
    const batch = { requester, createdAt: minutes(1), parallel: 2, leftOut: [] };
    const ask = (id: string, names: readonly string[]) =>
      proposeBatch(
        database,
        { ...batch, id },
        names.map((name) => newChange(newPlan(name), minutes(1))),
      );
    const outcomes = await Promise.all([ask('there', servers), ask('back', servers.toReversed())]);
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ['new', 'new'],
    );
    const states = [await statesIn(database, 'there'), await statesIn(database, 'back')].map(String);
    assert.deepEqual(states.toSorted(), ['proposed,proposed,proposed', 'superseded,superseded,superseded']);
  },
);

testOnBothStores('an approval counts for all plans, and queues them when none needs another', async (t) => {
  const database = await memoryStore(t);
  const { terms } = await batchOf(database);
  // One of them needs two: the others wait for it.
  const uneven = terms.map((member, place) => ({ ...member, needed: place === 1 ? 2 : 1 }));
  const vote = (person: typeof approver) =>
    approveBatch(database, 'batch', uneven, { person, at: minutes(1) });
  assert.equal(await vote(approver), 'counted');
  assert.deepEqual(await statesIn(database), ['proposed', 'proposed', 'proposed']);
  assert.equal(await vote(approver), 'already-approved');
  assert.equal(await vote(second), 'queued');
  assert.deepEqual(await statesIn(database), ['queued', 'queued', 'queued']);
  const [first] = await changesOfBatch(database, 'batch');
  assert.deepEqual(first?.decisions.length, 2);
  assert.equal(first?.planHash, terms[0]?.planHash);
  assert.equal(first?.expiresAt.toISOString(), minutes(61).toISOString());
});

testOnBothStores('an approval of other plans than those that wait counts for none of them', async (t) => {
  const database = await memoryStore(t);
  const { terms } = await batchOf(database);
  const by = { person: approver, at: minutes(1) };
  assert.equal(await approveBatch(database, 'batch', terms.slice(1), by), 'too-late');
  const gone = { ...by, decision: 'declined' as const, planHash: terms[0]?.planHash ?? '' };
  await decline(database, terms[0]?.id ?? '', gone);
  assert.equal(await approveBatch(database, 'batch', terms, by), 'too-late');
  assert.equal(await approveBatch(database, 'batch', terms, { ...by, at: minutes(60) }), 'too-late');
  assert.deepEqual(await statesIn(database), ['declined', 'proposed', 'proposed']);
  const { count } = await database
    .selectFrom('decisions')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('decision', '=', 'approved')
    .executeTakeFirstOrThrow();
  assert.equal(Number(count), 0);
});

testOnBothStores('of many approvals at one moment one moves the batch', async (t) => {
  const database = await memoryStore(t);
  const { terms } = await batchOf(database);
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      approveBatch(database, 'batch', terms, {
        person: { aadObjectId: `person ${index}`, name: 'P' },
        at: minutes(1),
      }),
    ),
  );
  assert.equal(outcomes.filter((outcome) => outcome === 'queued').length, 1);
  assert.equal(outcomes.filter((outcome) => outcome === 'too-late').length, 7);
});

testOnBothStores('one is let go at a time, in the order, however many look at the same moment', async (t) => {
  const database = await memoryStore(t);
  const sample = await approvedBatch(database);
  for (const place of servers.keys()) {
    const moved = await Promise.all(Array.from({ length: 6 }, () => advance(database)));
    assert.deepEqual(
      moved.flatMap(({ released }) => released),
      [idOf(sample, place)],
    );
    await end(database, idOf(sample, place), 'succeeded');
  }
  assert.deepEqual(await advance(database), { released: [], cancelled: [] });
});

testOnBothStores('two at a time are two', async (t) => {
  const database = await memoryStore(t);
  const sample = await approvedBatch(database, { parallel: 2 });
  const moved = await Promise.all(Array.from({ length: 6 }, () => advance(database)));
  const released = moved.flatMap((each) => each.released);
  assert.deepEqual(released, [idOf(sample, 0), idOf(sample, 1)]);
});

testOnBothStores(
  'the first that fails or is unknown cancels the rest, once, also while changes are frozen',
  async (t) => {
    const database = await memoryStore(t);
    for (const state of ['failed', 'unknown'] as const) {
      const names = servers.map((name) => `${name} ${state}`);
      const sample = await approvedBatch(database, { id: state, names });
      await advanceBatch(database, state, minutes(2), true);
      await end(database, idOf(sample, 0), state);
      const moved = await Promise.all(
        Array.from({ length: 4 }, () => advanceBatch(database, state, minutes(2), false)),
      );
      assert.deepEqual(
        moved.flatMap(({ cancelled }) => cancelled),
        [idOf(sample, 1), idOf(sample, 2)],
      );
      assert.deepEqual(await statesIn(database, state), [state, 'cancelled', 'cancelled']);
      const [, cancelled] = await changesOfBatch(database, state);
      assert.equal(cancelled?.endedAt?.toISOString(), minutes(2).toISOString());
    }
  },
);

testOnBothStores('a stale one is left behind, and the next starts', async (t) => {
  const database = await memoryStore(t);
  const sample = await approvedBatch(database);
  await advance(database);
  await end(database, idOf(sample, 0), 'stale');
  assert.deepEqual((await advance(database)).released, [idOf(sample, 1)]);
});

testOnBothStores(
  'nothing is let go while changes are frozen, before its time, or on a held server',
  async (t) => {
    const database = await memoryStore(t);
    await approved(database, newPlan('wsus02'));
    const { id, terms } = await batchOf(database);
    const later = terms.map((member, place) =>
      place === 0 ? { ...member, queue: { after: minutes(30), before: minutes(90) } } : member,
    );
    await approveBatch(database, id, later, { person: approver, at: minutes(1) });
    assert.deepEqual(await advance(database, false), { released: [], cancelled: [] });
    assert.deepEqual((await advance(database)).released, [terms[2]?.id]);
  },
);

testOnBothStores('the sweep moves batches on, and leaves them to their order', async (t) => {
  const database = await memoryStore(t);
  const sample = await approvedBatch(database);
  assert.deepEqual(await releaseDue(database, minutes(2)), [idOf(sample, 0)]);
  assert.deepEqual(await releaseDue(database, minutes(2)), []);
  await end(database, idOf(sample, 0), 'failed');
  assert.deepEqual(await releaseDue(database, minutes(2), false), [idOf(sample, 1), idOf(sample, 2)]);
});

testOnBothStores('what has not started by its time expires', async (t) => {
  const database = await memoryStore(t);
  const sample = await approvedBatch(database);
  await advance(database);
  assert.deepEqual(
    (await expireDue(database, minutes(61))).toSorted(),
    [idOf(sample, 1), idOf(sample, 2)].toSorted(),
  );
});

testOnBothStores('decline ends all that have not started, and nothing that runs', async (t) => {
  const database = await memoryStore(t);
  const sample = await approvedBatch(database);
  await advance(database);
  const by = { person: approver, at: minutes(2), decision: 'withdrawn' as const };
  assert.deepEqual(
    (await declineBatch(database, 'batch', by)).toSorted(),
    [idOf(sample, 1), idOf(sample, 2)].toSorted(),
  );
  assert.deepEqual(await declineBatch(database, 'batch', by), []);
  assert.deepEqual(await statesIn(database), ['approved', 'declined', 'declined']);
});

testOnBothStores(
  'the glass is broken for all of them with one reason, past the window, in their order',
  async (t) => {
    const database = await memoryStore(t);
    const { id, terms } = await batchOf(database);
    const later = terms.map((member) => ({ ...member, queue: { after: minutes(30), before: minutes(90) } }));
    await approveBatch(database, id, later, { person: approver, at: minutes(1) });
    const by = { person: second, at: minutes(2), reason: 'The audit is tomorrow' };
    assert.equal(await breakGlassOfBatch(database, id, terms, by), 'queued');
    assert.deepEqual((await advance(database)).released, [terms[0]?.id]);
    for (const { decisions } of await changesOfBatch(database, id)) {
      assert.deepEqual(decisions.map(({ decision, reason }) => [decision, reason]).at(-1), [
        'broke-glass',
        by.reason,
      ]);
    }
  },
);

testOnBothStores(
  'the audit has an entry for every plan, approval, start and cancelling, in one chain',
  async (t) => {
    const database = await memoryStore(t);
    const sample = await approvedBatch(database);
    await advance(database);
    await end(database, idOf(sample, 0), 'failed');
    await advance(database);
    const entries = await database.selectFrom('audit').select(['kind', 'entryJson']).orderBy('seq').execute();
    assert.deepEqual(
      entries.map(({ kind }) => kind),
      [
        ...['proposed', 'proposed', 'proposed'],
        ...['approved', 'approved', 'approved'],
        ...['released', 'claimed', 'ended', 'cancelled', 'cancelled'],
      ],
    );
    const last = JSON.parse(entries.at(-1)?.entryJson ?? '{}');
    assert.deepEqual(last.detail, { batch: 'batch', because: idOf(sample, 0) });
  },
);

testOnBothStores('a change alone is not held up by a batch', async (t) => {
  const database = await memoryStore(t);
  await approvedBatch(database);
  const id = await approved(database, newPlan('wsus09'));
  assert.equal((await findChange(database, id))?.state, 'approved');
  const plan = newPlan('wsus08');
  await propose(database, newChange(plan));
  const decision = { planHash: planHash(plan), person: approver, at: minutes(1) };
  const queue = { after: minutes(1), before: minutes(90) };
  await approve(database, plan.changeId, decision, { needed: 1, queue });
  assert.ok((await releaseDue(database, minutes(2))).includes(plan.changeId));
});

testOnBothStores('the card of a batch is behind when any of its changes has moved', async (t) => {
  const database = await memoryStore(t);
  const { id, terms } = await batchOf(database);
  const first = terms[0]?.id ?? '';
  const where = { conversationId: 'chat', kind: 'personal', address: '{}' } as const;
  const posted = { where, messageId: 'm1' };
  const shown = { posted, reader: 'approver', zone: 'UTC', personId: undefined, batchId: id } as const;
  await rememberCard(database, first, shown);
  const bringUpToDate = async () => {
    const claim = { posted, claimedBy: 'one' };
    assert.deepEqual(await changesBehind(database, minutes(2)), [first]);
    assert.ok((await claimCard(database, claim, minutes(2), minutes(3))) !== undefined);
    const versions = (await changesOfBatch(database, id)).map(({ version }) => version);
    await cardShown(
      database,
      claim,
      versions.reduce((sum, version) => sum + version, 0),
    );
    assert.deepEqual(await changesBehind(database, minutes(2)), []);
  };
  await bringUpToDate();
  const withdrawn = { decision: 'withdrawn', person: requester, at: minutes(1), planHash: '' } as const;
  await decline(database, terms[2]?.id ?? '', withdrawn);
  await bringUpToDate();
});
