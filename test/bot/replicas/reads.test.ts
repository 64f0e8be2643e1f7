import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { readThroughStore } from '../../../bot/replicas/read-through-store.ts';
import { type ServeReadsOptions, serveReads } from '../../../bot/replicas/serve-reads.ts';
import { takeJob } from '../../../bot/store/jobs.ts';
import type { Report } from '../../../remote/contract.ts';
import { RemoteError } from '../../../remote/remote-error.ts';
import type { CallOptions } from '../../../remote/wsus-server.ts';
import { createScene } from '../changes/scene.ts';
import { testOnBothStores as test } from '../store/both-stores.ts';
import { memoryStore } from '../store/sample-store.ts';

type ReportOf = ServeReadsOptions['servers'] extends ReadonlyMap<string, { report: infer R }> ? R : never;

/**
 * A store, a clock that goes on by a tenth of a second with each look, and replicas at both ends. `takenWithin`: usually so long that a
 * busy machine takes part in nothing.
 */
const team = async (t: TestContext, { takenWithin = 600_000 } = {}) => {
  const database = await memoryStore(t);
  let time = Date.parse('2026-11-25T02:00:00.000Z');
  let stands = false;
  const now = () => new Date(time);
  const troubles: unknown[] = [];
  const asker = readThroughStore('wsus01', {
    database,
    now,
    pause: async () => {
      if (!stands) time += 100;
      await setImmediate();
    },
    randomId: randomUUID,
    takenWithin,
  });
  const reader = (report: ReportOf, owner = 'reader') => {
    const reads = serveReads({
      database,
      owner,
      servers: new Map([['wsus01', { report }]]),
      now,
      pause: () => setImmediate(),
      onTrouble: (_doing, error) => troubles.push(error),
    });
    t.after(() => reads.close());
    return reads;
  };
  /** The clock stands still while something is done, however long the machine takes for it. */
  const meanwhile = async (done: () => Promise<void>) => {
    stands = true;
    await done();
    stands = false;
  };
  const jobs = async () => (await database.selectFrom('jobs').select('id').execute()).length;
  return {
    database,
    asker,
    reader,
    troubles,
    jobs,
    now,
    wait: (ms: number) => (time += ms),
    meanwhile,
    /** A report that is asked for, once its reading has begun. */
    asked: async (begun: Promise<void>, options: Parameters<typeof asker.report>[0]) => {
      const asking = asker.report(options);
      // Whoever comes to it later hears of its end too.
      asking.catch(() => undefined);
      await meanwhile(() => begun);
      return { asking };
    },
  };
};

const sampleReport = (): Promise<Report> => createScene().server.report();

test('a report that another replica reads comes as it was read, with what was asked for', async (t) => {
  const { asker, reader, jobs } = await team(t);
  const report = await sampleReport();
  const asked: (CallOptions & { brief?: boolean })[] = [];
  reader(async (options = {}) => {
    asked.push(options);
    return report;
  });
  assert.deepEqual(await asker.report({ deadline: 60_000, brief: true }), report);
  assert.equal(asked.length, 1);
  assert.equal(asked[0]?.brief, true);
  assert.ok((asked[0]?.deadline ?? 0) <= 60_000 && (asked[0]?.deadline ?? 0) > 0);
  assert.equal(await jobs(), 0, 'nothing is left behind');
});

test('an error comes with its code, its words and what is known of the call', async (t) => {
  const { asker, reader } = await team(t);
  reader(() =>
    Promise.reject(
      new RemoteError('remote.fault', {
        doing: 'reading wsus01',
        detail: 'fault 5',
        serverText: 'Zugriff verweigert',
        outcome: 'refused',
      }),
    ),
  );
  await assert.rejects(asker.report(), (error) => {
    assert.ok(error instanceof RemoteError);
    const { code, message, detail, serverText, outcome } = error;
    assert.deepEqual(
      { code, message, detail, serverText, outcome },
      {
        code: 'remote.fault',
        message: 'reading wsus01: the server answered with a fault (fault 5)',
        detail: 'fault 5',
        serverText: 'Zugriff verweigert',
        outcome: 'refused',
      },
    );
    return true;
  });
});

test('where no worker takes the question, that is said long before the deadline', async (t) => {
  const { asker, now, jobs } = await team(t, { takenWithin: 10_000 });
  const began = now().getTime();
  await assert.rejects(asker.report({ deadline: 600_000 }), {
    code: 'remote.no-worker',
    outcome: 'not-sent',
  });
  assert.ok(now().getTime() - began < 15_000);
  assert.equal(await jobs(), 0);
});

/** A report that ends when nobody wants it any more, and that moment. */
const untilUnwanted = () => {
  const begun = Promise.withResolvers<void>();
  const unwanted = Promise.withResolvers<void>();
  const report: ReportOf = ({ signal } = {}) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        unwanted.resolve();
        reject(new RemoteError('remote.stopped', { doing: 'reading wsus01', outcome: 'unknown' }));
      });
      begun.resolve();
    });
  return { report, begun: begun.promise, unwanted: unwanted.promise };
};

test('a worker that took it and is silent: no answer in time, and it is stopped there', async (t) => {
  const { asked, reader, jobs } = await team(t);
  const { report, begun, unwanted } = untilUnwanted();
  reader(report);
  const { asking } = await asked(begun, { deadline: 30_000 });
  await assert.rejects(asking, { code: 'remote.timed-out', outcome: 'unknown' });
  await unwanted;
  assert.equal(await jobs(), 0);
});

test('a question that nobody wants answered any more is stopped at the replica that reads', async (t) => {
  const { asked, reader, jobs, troubles } = await team(t);
  const { report, begun, unwanted } = untilUnwanted();
  reader(report);
  const stop = new AbortController();
  const { asking } = await asked(begun, { deadline: 600_000, signal: stop.signal });
  stop.abort();
  await assert.rejects(asking, { code: 'remote.stopped', outcome: 'unknown' });
  await unwanted;
  assert.equal(await jobs(), 0);
  assert.deepEqual(troubles, []);
});

test('a question that nobody wants any more before it is asked goes nowhere', async (t) => {
  const { asker, jobs } = await team(t);
  await assert.rejects(asker.report({ signal: AbortSignal.abort() }), {
    code: 'remote.stopped',
    outcome: 'not-sent',
  });
  assert.equal(await jobs(), 0);
});

test('a read whose job another worker has taken is stopped at the first', async (t) => {
  const { database, asked, reader } = await team(t);
  const { report, begun, unwanted } = untilUnwanted();
  reader(report);
  const stop = new AbortController();
  const { asking } = await asked(begun, { deadline: 600_000, signal: stop.signal });
  await database.updateTable('jobs').set({ owner: 'another' }).execute();
  await unwanted;
  stop.abort();
  await assert.rejects(asking, { code: 'remote.stopped' });
});

test('the question of a worker that died is answered by another', async (t) => {
  const { database, asker, reader, now, wait, meanwhile } = await team(t);
  const report = await sampleReport();
  let asking: Promise<Report> | undefined;
  await meanwhile(async () => {
    asking = asker.report({ deadline: 600_000 });
    const until = new Date(now().getTime() + 5_000);
    while ((await takeJob(database, ['wsus01'], 'dead', now(), until)) === undefined);
  });
  wait(5_000);
  reader(async () => report, 'living');
  assert.deepEqual(await asking, report);
});

test('a worker that stops gives back what it has not answered, and stops reading it', async (t) => {
  const { asked, reader, meanwhile } = await team(t);
  const report = await sampleReport();
  const [first, second] = [untilUnwanted(), Promise.withResolvers<void>()];
  const one = reader(first.report);
  const { asking } = await asked(first.begun, { deadline: 600_000 });
  // As long as the clock stands, the lease of the first does not run out.
  await meanwhile(async () => {
    await one.close();
    await first.unwanted;
    reader(async () => {
      second.resolve();
      return report;
    }, 'two');
    await second.promise;
  });
  assert.deepEqual(await asking, report);
});

test('an answer of another version is said to be one', async (t) => {
  const { asker, reader } = await team(t);
  const report = await sampleReport();
  reader(async () => ({ ...report, readAt: 'some day' }));
  await assert.rejects(asker.report(), {
    code: 'remote.broken-answer',
    message: 'reading wsus01: the answer could not be read (by a replica of another version)',
  });
});

test('an answer that is too long does not go into the store', async (t) => {
  const { asker, reader } = await team(t);
  const report = await sampleReport();
  reader(async () => ({ ...report, module: { ok: false, code: 'x', reason: 'x'.repeat(4_000_001) } }));
  await assert.rejects(asker.report(), { code: 'remote.broken-answer' });
});

test('what acts is never asked of another replica', async (t) => {
  const { asker, jobs } = await team(t);
  const request = { changeId: randomUUID(), notAfter: '2026-11-25T02:00:00.000Z' };
  await assert.rejects(asker.restart({ ...request, activation: 'IISReset' }), { outcome: 'not-sent' });
  await assert.rejects(asker.apply({ ...request, sha256Before: '', sha256After: '', edits: {} }), {
    outcome: 'not-sent',
  });
  await assert.rejects(asker.restore({ ...request, sha256Before: '', sha256After: '', backup: '' }), {
    outcome: 'not-sent',
  });
  assert.equal(await jobs(), 0);
});
