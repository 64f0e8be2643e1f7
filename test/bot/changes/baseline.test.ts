import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  baselineOf,
  baselineSchema,
  configIsBroken,
  oldWorkerServes,
  restartedSince,
  serves,
  serviceAnswers,
  serviceIsSilent,
} from '../../../bot/changes/baseline.ts';
import { createScene, oldWorker, reportOf, type World } from './scene.ts';

const report = (world: Partial<World> = {}) => reportOf(createScene(world).world);
const baseline = { worker: oldWorker, serviceAnswered: true };

describe('the service', () => {
  for (const [service, answers, silent, broken] of [
    ['answers', true, false, false],
    ['silent', false, true, false],
    ['error-page', false, true, true],
    ['not-soap', false, true, false],
    ['not-readable', false, false, false],
  ] as const) {
    test(`that is ${service} ${answers ? 'answers' : silent ? 'is silent' : 'is neither'}`, () => {
      const seen = report({ service });
      assert.equal(serviceAnswers(seen), answers);
      assert.equal(serviceIsSilent(seen), silent);
      assert.equal(configIsBroken(seen), broken);
    });
  }

  test('serves only while its pool is started', () => {
    assert.equal(serves(report()), true);
    for (const poolState of ['Stopping', 'Stopped', 'Starting']) {
      assert.equal(serves(report({ poolState })), false);
    }
    assert.equal(serves(report({ worker: 'not-readable' })), false);
  });
});

describe('a restart', () => {
  const writtenAt = '2026-11-25T02:00:00.000Z';
  const later = '2026-11-25T02:00:01.000Z';

  test('is seen by another process, or by the same id started anew', () => {
    for (const pid of [7316, oldWorker.pid]) {
      const seen = report({ writtenAt, worker: { pid, startedAt: later } });
      assert.equal(restartedSince(baseline, seen), true);
      assert.equal(oldWorkerServes(baseline, seen), false);
    }
  });

  test('is not seen while the process from before serves', () => {
    const seen = report({ writtenAt: '2026-11-01T00:00:00.000Z' });
    assert.equal(restartedSince(baseline, seen), false);
    assert.equal(oldWorkerServes(baseline, seen), true);
  });

  test('is not seen in another process that is older than the file', () => {
    const seen = report({ writtenAt, worker: { pid: 7316, startedAt: '2026-11-25T01:59:59.999Z' } });
    assert.equal(restartedSince(baseline, seen), false);
    assert.equal(oldWorkerServes(baseline, seen), true);
  });

  test('is seen where no process ran before', () => {
    const seen = report({ writtenAt, worker: { pid: 7316, startedAt: later } });
    assert.equal(restartedSince({ worker: null, serviceAnswered: true }, seen), true);
  });

  test('is neither seen nor denied where a process could not be read', () => {
    const unknownBefore = { serviceAnswered: true };
    const started = report({ writtenAt, worker: { pid: 7316, startedAt: later } });
    assert.equal(restartedSince(unknownBefore, started), false);
    assert.equal(oldWorkerServes(unknownBefore, started), false);
    for (const worker of ['not-readable', null] as const) {
      assert.equal(restartedSince(baseline, report({ worker })), false);
      assert.equal(oldWorkerServes(baseline, report({ worker })), false);
    }
  });

  test('is not seen while the file cannot be read: nobody knows which is older', () => {
    const seen = report({ file: 'not-readable', worker: { pid: 7316, startedAt: later } });
    assert.equal(restartedSince(baseline, seen), false);
  });
});

test('a baseline survives the journal, also one without a process and one that was not readable', () => {
  for (const worker of [oldWorker, null, 'not-readable'] as const) {
    const taken = baselineOf(report({ worker }));
    const kept = baselineSchema.parse(JSON.parse(JSON.stringify(taken)));
    assert.equal(kept.worker?.pid, taken.worker?.pid);
    assert.equal(kept.worker === undefined, taken.worker === undefined);
  }
});
