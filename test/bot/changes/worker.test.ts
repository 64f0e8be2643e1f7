import assert from 'node:assert/strict';
import { mock, type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { FreezeState } from '../../../bot/changes/freeze-state.ts';
import { inNoGroup } from '../../../bot/changes/membership.ts';
import { changeReason } from '../../../bot/changes/reason.ts';
import { type StartRules, whyNotToStart } from '../../../bot/changes/why-not-to-start.ts';
import { createWorker, type Worker, type WorkerDependencies } from '../../../bot/changes/worker.ts';
import { claim, journalStep, LeaseLost, renew, runningChanges, takeOver } from '../../../bot/store/lease.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { releaseDue } from '../../../bot/store/queue.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { approved, memoryStore, minutes, newPlan, proposed } from '../store/sample-store.ts';
import { approver } from './sample-change.ts';
import { samplePolicy } from './sample-policy.ts';
import { createScene, newFile, type Scene } from './scene.ts';

interface Team {
  readonly database: Database;
  readonly scene: Scene;
  readonly troubles: unknown[];
  readonly moved: string[];
  worker(overrides?: Partial<WorkerDependencies>): Worker;
}

const team = async (t: TestContext): Promise<Team> => {
  const database = await memoryStore(t);
  const scene = createScene({ now: minutes(2) });
  const troubles: unknown[] = [];
  const moved: string[] = [];
  return {
    database,
    scene,
    troubles,
    moved,
    worker: (overrides = {}) =>
      createWorker({
        database,
        runtime: scene.runtime,
        owner: 'one',
        isGone: () => false,
        leaseFor: 3_600_000,
        server: () => scene.server,
        freezeState: async () => ({ kind: 'none' }),
        whyNotToStart: (change) => whyNotToStart(rulesOf(scene), change),
        onEnded: () => undefined,
        onMoved: (id) => moved.push(id),
        onTrouble: (_id, error) => troubles.push(error),
        ...overrides,
      }),
  };
};

/** What is asked when a change starts, of the sample policy. */
const rulesOf = (scene: Scene, policy = samplePolicy()): StartRules => ({
  now: scene.runtime.now,
  policyOf: () => policy,
  freezeState: async () => ({ kind: 'none' }),
  membershipOf: async () => inNoGroup,
});

const calls = ({ events }: Scene) => events.filter((event) => !event.endsWith('report'));
const stateOf = async (database: Database, id: string) => (await findChange(database, id))?.state;

/** Something to wait for, and the way to let it go on. */
const gate = () => {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
};

test('an approved change is run to its end, and its cards are told of every step', async (t) => {
  const { database, scene, worker, moved, troubles } = await team(t);
  const id = await approved(database);
  const one = worker();
  one.start(id);
  await one.drain();
  const change = await findChange(database, id);
  assert.equal(change?.state, 'succeeded');
  assert.deepEqual(
    change?.steps.map(({ name, state }) => `${name} ${state}`),
    ['read', 'backup', 'write', 'verify-file', 'restart', 'wait', 'verify'].map((step) => `${step} done`),
  );
  assert.deepEqual(calls(scene), ['call apply', 'call restart']);
  assert.ok(moved.length >= 15 && moved.every((entry) => entry === id));
  assert.deepEqual(troubles, []);
});

test('two workers that share a store run a change once, however often they are asked', async (t) => {
  const { database, scene, worker, troubles } = await team(t);
  const id = await approved(database);
  const workers = [worker({ owner: 'one' }), worker({ owner: 'two' })];
  for (const entry of [...workers, ...workers]) entry.start(id);
  await Promise.all(workers.map((entry) => entry.takeUp()));
  await Promise.all(workers.map((entry) => entry.drain()));
  assert.deepEqual(calls(scene), ['call apply', 'call restart']);
  assert.deepEqual(troubles, []);
});

test('a change that nobody approved is not run', async (t) => {
  const { database, scene, worker } = await team(t);
  const id = await proposed(database);
  const one = worker();
  one.start(id);
  await one.takeUp();
  await one.drain();
  assert.deepEqual(scene.events, []);
  assert.equal(await stateOf(database, id), 'proposed');
});

test('an approved change that no process began is taken up', async (t) => {
  const { database, worker } = await team(t);
  const id = await approved(database);
  const one = worker();
  await one.takeUp();
  await one.drain();
  assert.equal(await stateOf(database, id), 'succeeded');
});

test('what stands against a change when it starts stops it before anything runs', async (t) => {
  const { database, scene, worker } = await team(t);
  const id = await approved(database);
  const one = worker({ whyNotToStart: async () => changeReason('approver-gone') });
  one.start(id);
  await one.drain();
  const change = await findChange(database, id);
  assert.equal(change?.state, 'failed');
  assert.equal(change?.result?.kind, 'not-done');
  assert.equal(change.result.reason.code, 'approver-gone');
  assert.deepEqual(scene.events, []);
});

const byPerson: FreezeState = { kind: 'person', reason: 'year end', by: approver, at: minutes(2) };
const byFile: FreezeState = { kind: 'file', file: 'freeze', reason: 'x', since: minutes(2) };

test('a change that meets a freeze before it began waits in the queue, and goes on after the thaw', async (t) => {
  const { database, scene, worker } = await team(t);
  const id = await approved(database);
  let freeze: FreezeState = byPerson;
  const one = worker({ freezeState: async () => freeze });
  one.start(id);
  await one.drain();
  const waiting = await findChange(database, id);
  assert.deepEqual([waiting?.state, waiting?.holdsLock, waiting?.startedAt], ['queued', false, undefined]);
  assert.deepEqual(scene.events, []);
  freeze = { kind: 'none' };
  assert.deepEqual(await releaseDue(database, scene.world.now), [id]);
  await one.takeUp();
  await one.drain();
  assert.equal(await stateOf(database, id), 'succeeded');
  assert.deepEqual(calls(scene), ['call apply', 'call restart']);
});

test('a freeze by a file that another replica does not see lets a change try once a minute', async (t) => {
  const { database, scene, worker } = await team(t);
  const id = await approved(database);
  const one = worker({ freezeState: async () => byFile });
  one.start(id);
  await one.drain();
  const later = (seconds: number) => new Date(scene.world.now.getTime() + seconds * 1_000);
  assert.deepEqual(await releaseDue(database, later(59)), []);
  assert.deepEqual(await releaseDue(database, later(60)), [id]);
});

test('a change that meets a freeze when another plan waits in its place ends, and nothing has run', async (t) => {
  const { database, scene, worker } = await team(t);
  const id = await approved(database);
  await proposed(database, newPlan());
  const one = worker({
    freezeState: async () => byPerson,
    whyNotToStart: async () => changeReason('frozen'),
  });
  one.start(id);
  await one.drain();
  assert.equal((await findChange(database, id))?.result?.kind, 'not-done');
  assert.deepEqual(scene.events, []);
});

test('an approval does not outlive its plan: a change found after its time is not run', async (t) => {
  const { database, scene, worker } = await team(t);
  const id = await approved(database);
  scene.world.now = new Date(scene.world.now.getTime() + 48 * 3_600_000);
  const one = worker();
  await one.takeUp();
  await one.drain();
  const change = await findChange(database, id);
  assert.equal(change?.result?.kind, 'not-done');
  assert.equal(change.result.reason.code, 'approval-expired');
  assert.deepEqual(scene.events, []);
});

test('a stored plan that is not the approved one is not run', async (t) => {
  const { database, scene, worker } = await team(t);
  const plan = newPlan();
  const id = await approved(database, plan);
  const row = await database.selectFrom('changes').select('plansJson').executeTakeFirstOrThrow();
  await database
    .updateTable('changes')
    .set({ plansJson: row.plansJson.replace('"to":800', '"to":900') })
    .execute();
  const one = worker();
  one.start(id);
  await one.drain();
  const change = await findChange(database, id);
  assert.equal(change?.result?.kind, 'not-done');
  assert.equal(change.result.reason.code, 'plan-differs');
  assert.deepEqual(scene.events, []);
});

test('a server that left the inventory before its change began: not done', async (t) => {
  const { database, worker } = await team(t);
  const id = await approved(database);
  const one = worker({ server: () => undefined });
  one.start(id);
  await one.drain();
  const change = await findChange(database, id);
  assert.equal(change?.result?.kind, 'not-done');
  assert.equal(change.result.reason.code, 'not-in-inventory');
});

test('a server that left the inventory while its change ran: unknown', async (t) => {
  const { database, worker } = await team(t);
  const id = await approved(database);
  const lease = await claim(database, id, 'gone', minutes(2), minutes(3));
  assert.ok(lease !== undefined);
  await journalStep(database, lease, 'write', 'started', minutes(2));
  const one = worker({ server: () => undefined, isGone: () => true });
  await one.takeUp();
  await one.drain();
  const change = await findChange(database, id);
  assert.equal(change?.result?.kind, 'unknown');
  assert.equal(change.result.at, 'write');
});

test('a running change of an owner that is gone is taken over and found out by looking, not run again', async (t) => {
  const { database, scene, worker } = await team(t);
  const id = await approved(database);
  const lease = await claim(database, id, 'gone', minutes(2), minutes(60));
  assert.ok(lease !== undefined);
  await journalStep(database, lease, 'read', 'done', minutes(2), { worker: null, serviceAnswered: true });
  await journalStep(database, lease, 'write', 'started', minutes(2), { notAfter: minutes(2).toISOString() });
  scene.world.file = newFile;
  scene.world.now = minutes(3);
  const one = worker({ isGone: (owner) => owner === 'gone' });
  await one.takeUp();
  await one.drain();
  const change = await findChange(database, id);
  assert.equal(change?.result?.kind, 'not-active');
  assert.deepEqual(new Set(scene.events), new Set(['call report']));
});

test('a running change of a living owner is left alone while its lease holds', async (t) => {
  const { database, scene, worker } = await team(t);
  const id = await approved(database);
  await claim(database, id, 'alive', minutes(2), minutes(10));
  const one = worker();
  scene.world.now = minutes(9);
  await one.takeUp();
  await one.drain();
  assert.equal(await stateOf(database, id), 'running');
  assert.deepEqual(scene.events, []);
});

test('a running change whose lease ran out is taken over, whoever owned it', async (t) => {
  const { database, scene, worker } = await team(t);
  const id = await approved(database);
  await claim(database, id, 'alive', minutes(2), minutes(10));
  scene.world.now = minutes(11);
  const one = worker();
  await one.takeUp();
  await one.drain();
  const change = await findChange(database, id);
  assert.equal(change?.result?.kind, 'not-done');
  assert.equal(change.result.reason.code, 'bot-stopped');
});

test('of two workers one takes over', async (t) => {
  const { database, worker, moved } = await team(t);
  const id = await approved(database);
  await claim(database, id, 'gone', minutes(2), minutes(60));
  const workers = ['one', 'two'].map((owner) => worker({ owner, isGone: (other) => other === 'gone' }));
  await Promise.all(workers.map((entry) => entry.takeUp()));
  await Promise.all(workers.map((entry) => entry.drain()));
  assert.equal(await stateOf(database, id), 'failed');
  assert.equal(moved.length, 1);
});

test('a worker whose change was taken over stops at its next step and claims nothing', async (t) => {
  const { database, scene, worker, troubles } = await team(t);
  const id = await approved(database);
  const { apply } = scene.server;
  const reached = gate();
  const goOn = gate();
  t.after(goOn.open);
  scene.server.apply = async (request, options) => {
    reached.open();
    await goOn.passed;
    return apply(request, options);
  };
  const one = worker();
  one.start(id);
  await reached.passed;
  const [found] = await runningChanges(database);
  assert.ok(found !== undefined);
  await takeOver(database, found, 'two', minutes(3), minutes(90));
  goOn.open();
  await one.drain();
  assert.ok(troubles.some((error) => error instanceof LeaseLost));
  assert.equal(await stateOf(database, id), 'running', 'the end is left to the new owner');
  assert.ok(!scene.events.includes('call restart'));
});

test('a worker does not take over from itself, however late its lease', async (t) => {
  const { database, scene, worker, troubles } = await team(t);
  const id = await approved(database);
  const { apply } = scene.server;
  const reached = gate();
  const goOn = gate();
  t.after(goOn.open);
  scene.server.apply = async (request, options) => {
    reached.open();
    await goOn.passed;
    return apply(request, options);
  };
  const one = worker();
  one.start(id);
  await reached.passed;
  scene.world.now = minutes(600);
  await one.takeUp();
  goOn.open();
  await one.drain();
  assert.deepEqual(troubles, []);
  assert.equal(await stateOf(database, id), 'succeeded');
});

test('a lease is renewed while its change runs', async (t) => {
  mock.timers.enable({ apis: ['setInterval'] });
  t.after(() => mock.timers.reset());
  const { database, scene, worker } = await team(t);
  const id = await approved(database);
  const { apply } = scene.server;
  const reached = gate();
  const goOn = gate();
  t.after(goOn.open);
  scene.server.apply = async (request, options) => {
    reached.open();
    await goOn.passed;
    return apply(request, options);
  };
  const one = worker({ leaseFor: 30_000 });
  one.start(id);
  await reached.passed;
  const leaseUntil = async () => (await runningChanges(database))[0]?.leaseUntil.getTime() ?? 0;
  const first = await leaseUntil();
  scene.world.now = minutes(30);
  mock.timers.tick(10_000);
  assert.ok((await leaseUntil()) > first);
  goOn.open();
  await one.drain();
  assert.equal(await stateOf(database, id), 'succeeded');
});

test('draining waits for what runs', async (t) => {
  const { database, scene, worker } = await team(t);
  const id = await approved(database);
  const { apply } = scene.server;
  const reached = gate();
  const goOn = gate();
  t.after(goOn.open);
  scene.server.apply = async (request, options) => {
    reached.open();
    await goOn.passed;
    return apply(request, options);
  };
  const one = worker();
  one.start(id);
  await reached.passed;
  let drained = false;
  const draining = one.drain().then(() => {
    drained = true;
  });
  await stateOf(database, id);
  assert.equal(drained, false);
  goOn.open();
  await draining;
  assert.equal(await stateOf(database, id), 'succeeded');
});

test('draining waits also for what began while it waited', async (t) => {
  const { database, scene, worker } = await team(t);
  const first = await approved(database);
  const second = await approved(database, newPlan('wsus02'));
  const firstEnded = gate();
  const goOn = gate();
  t.after(goOn.open);
  const slow = createScene({ now: minutes(2) });
  const { report } = slow.server;
  slow.server.report = async (options) => {
    await goOn.passed;
    return report(options);
  };
  const one = worker({
    server: (name) => (name === 'wsus02' ? slow.server : scene.server),
    onMoved: (id) => {
      if (id === first && scene.events.includes('call restart')) firstEnded.open();
    },
  });
  const { apply } = scene.server;
  scene.server.apply = (request, options) => {
    one.start(second);
    return apply(request, options);
  };
  one.start(first);
  let drained = false;
  const draining = one.drain().then(() => {
    drained = true;
  });
  await firstEnded.passed;
  while ((await stateOf(database, first)) !== 'succeeded') await setImmediate();
  await setImmediate();
  assert.equal(drained, false);
  goOn.open();
  await draining;
  assert.equal(await stateOf(database, second), 'succeeded');
});

test('a defect while a change runs is told and leaves the change to a take-over', async (t) => {
  const { database, scene, worker, troubles } = await team(t);
  const id = await approved(database);
  scene.server.apply = () => Promise.reject(new TypeError('a defect'));
  const one = worker();
  one.start(id);
  await one.drain();
  assert.ok(troubles[0] instanceof TypeError);
  assert.equal(await stateOf(database, id), 'running');
});

/** A worker in the middle of the write, and how to let the server answer. */
const inTheWrite = async (t: TestContext) => {
  const scene = await team(t);
  const id = await approved(scene.database);
  const { apply } = scene.scene.server;
  const reached = gate();
  const goOn = gate();
  t.after(goOn.open);
  scene.scene.server.apply = async (request, options) => {
    reached.open();
    await goOn.passed;
    return apply(request, options);
  };
  const one = scene.worker();
  one.start(id);
  await reached.passed;
  return { ...scene, id, one, goOn };
};

test('a worker that stops lets its change end and claims nothing more', async (t) => {
  const { database, worker, id, one, goOn } = await inTheWrite(t);
  const stopped = one.stop(60_000);
  const second = await approved(database, newPlan('wsus02'));
  one.start(second);
  await one.takeUp();
  goOn.open();
  await stopped;
  assert.equal(await stateOf(database, id), 'succeeded');
  assert.equal(await stateOf(database, second), 'approved');
  const two = worker({ owner: 'two' });
  await two.takeUp();
  await two.drain();
  assert.notEqual(await stateOf(database, second), 'approved', 'another takes it up');
});

test('what does not end in time is handed over: another takes it at once, and the first acts no more', async (t) => {
  const { database, scene, worker, id, one, goOn, troubles } = await inTheWrite(t);
  await one.stop(0);
  assert.equal(await stateOf(database, id), 'running');
  const two = worker({ owner: 'two' });
  await two.takeUp();
  await two.drain();
  const change = await findChange(database, id);
  assert.notEqual(change?.state, 'running', 'found out by looking, long before the lease would have run out');
  goOn.open();
  await one.drain();
  assert.ok(!scene.events.includes('call restart'));
  assert.ok(troubles.some((error) => error instanceof LeaseLost));
  assert.deepEqual(await findChange(database, id), change);
});

test('a lease that is prolonged between the look and the take-over is not taken', async (t) => {
  const { database } = await team(t);
  const id = await approved(database);
  const lease = await claim(database, id, 'one', minutes(2), minutes(3));
  const [found] = await runningChanges(database);
  assert.ok(lease !== undefined && found !== undefined);
  await renew(database, lease, minutes(9));
  assert.equal(await takeOver(database, found, 'two', minutes(4), minutes(9)), undefined);
});
