import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Ending } from '../../../bot/changes/change.ts';
import type { Plan } from '../../../bot/changes/plan.ts';
import { botStopped, reconcile } from '../../../bot/changes/reconcile.ts';
import type { StepName } from '../../../bot/changes/step.ts';
import { changeWith, journalUpTo } from './sample-change.ts';
import {
  createScene,
  foreignFile,
  newFile,
  oldFile,
  oldWorker,
  raisePlan,
  remoteError,
  restartPlan,
  rollBackPlan,
  type World,
} from './scene.ts';

type Stage = 'nothing' | 'write' | 'restart' | 'undo';

const steps: Readonly<Record<Stage, readonly StepName[]>> = {
  nothing: ['read'],
  write: ['backup', 'write', 'verify-file'],
  restart: ['restart', 'wait', 'verify'],
  undo: ['undo-write', 'undo-restart', 'undo-verify'],
};

const files = { before: oldFile, after: newFile, other: foreignFile, 'not-seen': 'not-readable' } as const;
type File = keyof typeof files;

const writtenAt = '2026-11-25T02:00:05.000Z';
const workers = {
  same: oldWorker,
  'started after the write': { pid: 7316, startedAt: '2026-11-25T02:00:09.000Z' },
  'another, older than the write': { pid: 5555, startedAt: '2026-11-25T01:30:00.000Z' },
  none: null,
  'not readable': 'not-readable',
} as const;
type WorkerSeen = keyof typeof workers;

const services = ['answers', 'silent', 'error-page', 'not-soap', 'not-readable'] as const;
type Service = (typeof services)[number];

interface Seen {
  readonly stage: Stage;
  readonly file: File;
  readonly worker: WorkerSeen;
  readonly service: Service;
}

/**
 * What each claim needs to have been seen (design, what must always hold, 6 and 7). A claim without it is a lie; the
 * evidence without the claim leaves a person with work that is not theirs.
 */
const evidenceFor: Readonly<
  Record<Exclude<Ending['result']['kind'], 'unknown' | 'stale'>, (seen: Seen) => boolean>
> = {
  proven: ({ stage, file, worker, service }) =>
    stage === 'restart' && file === 'after' && worker === 'started after the write' && service === 'answers',
  restored: ({ stage, file, worker, service }) =>
    stage === 'undo' && file === 'before' && worker === 'started after the write' && service === 'answers',
  'not-done': ({ stage, file }) => stage === 'nothing' || (stage === 'write' && file === 'before'),
  'not-active': ({ stage, file, worker, service }) =>
    file === 'after' &&
    (stage === 'write' ||
      (stage === 'restart' &&
        (service === 'silent' ||
          service === 'error-page' ||
          service === 'not-soap' ||
          worker === 'same' ||
          worker === 'another, older than the write'))),
};

const expectedKind = (seen: Seen): Ending['result']['kind'] => {
  const claims = Object.entries(evidenceFor).filter(([, isSeen]) => isSeen(seen));
  assert.ok(claims.length <= 1, `two claims for ${JSON.stringify(seen)}`);
  return (claims[0]?.[0] ?? 'unknown') as Ending['result']['kind'];
};

const reconcileIn = (
  last: StepName,
  world: Partial<World>,
  plan: Plan = raisePlan,
): { ending: Promise<Ending>; events: string[] } => {
  const scene = createScene({ now: new Date('2026-11-25T02:05:00.000Z'), writtenAt, ...world });
  const change = changeWith(journalUpTo(last, { plan }), plan);
  const runtime = { ...scene.runtime, settings: { ...scene.runtime.settings, patience: 20_000 } };
  return { ending: reconcile(change, scene.server, runtime, botStopped), events: scene.events };
};

describe('a change that was broken off', () => {
  for (const stage of Object.keys(steps) as Stage[]) {
    for (const last of steps[stage]) {
      test(`in the step ${last}: of ${Object.keys(files).length * Object.keys(workers).length * services.length} states of the server each gets what it proves`, async () => {
        for (const file of Object.keys(files) as File[]) {
          for (const worker of Object.keys(workers) as WorkerSeen[]) {
            for (const service of services) {
              const seen = { stage, file, worker, service };
              const { ending } = reconcileIn(last, {
                file: files[file],
                worker: workers[worker],
                service,
              });
              const { result } = await ending;
              assert.equal(result.kind, expectedKind(seen), JSON.stringify(seen));
              if (result.kind === 'unknown') {
                assert.equal(result.file, file, JSON.stringify(seen));
                assert.equal(result.wayBackFailed, stage === 'undo');
                assert.equal(result.at, last);
              }
            }
          }
        }
      });
    }
  }

  test('after it acted is unknown while the server is silent', async () => {
    for (const last of [...steps.write, ...steps.restart, ...steps.undo]) {
      const scene = createScene();
      scene.server.report = () => Promise.reject(remoteError('not-sent', 'remote.unreachable'));
      const ending = await reconcile(changeWith(journalUpTo(last)), scene.server, scene.runtime, botStopped);
      assert.equal(ending.result.kind, 'unknown', last);
      assert.equal(ending.result.reason.code, 'remote.unreachable');
      assert.equal(ending.result.file, 'not-seen');
    }
  });

  test('before anything acted is not done, without a look at the server', async () => {
    for (const journal of [[], journalUpTo('read')]) {
      const scene = createScene();
      const ending = await reconcile(changeWith(journal), scene.server, scene.runtime, botStopped);
      assert.equal(ending.result.kind, 'not-done');
      assert.equal(ending.result.reason.code, 'bot-stopped');
      assert.deepEqual(scene.events, []);
    }
  });

  test('while the pool is not started is not called proven', async () => {
    const { ending } = reconcileIn('verify', {
      file: newFile,
      worker: workers['started after the write'],
      poolState: 'Stopping',
    });
    assert.equal((await ending).result.kind, 'unknown');
  });

  test('is not called proven by bytes that are not those of the hash', async () => {
    const scene = createScene({ file: newFile, writtenAt, worker: workers['started after the write'] });
    const { report } = scene.server;
    scene.server.report = async (options) => {
      const answer = await report(options);
      if (answer.file.ok) answer.file.bytes = oldFile.toString('base64');
      return answer;
    };
    const ending = await reconcile(
      changeWith(journalUpTo('verify')),
      scene.server,
      scene.runtime,
      botStopped,
    );
    assert.equal(ending.state, 'unknown');
  });

  test('whose journal lost what the server was like before is not called proven', async () => {
    const scene = createScene({ file: newFile, writtenAt, worker: workers['started after the write'] });
    const journal = journalUpTo('verify', { baseline: 'lost' });
    const ending = await reconcile(changeWith(journal), scene.server, scene.runtime, botStopped);
    assert.equal(ending.result.kind, 'unknown');
  });

  test('is not called not done while a lost request may still begin', async () => {
    const { ending } = reconcileIn('write', { now: new Date('2026-11-25T02:00:01.000Z') });
    const { result } = await ending;
    assert.equal(result.kind, 'not-done');
    assert.ok(result.seenAt !== null && result.seenAt > '2026-11-25T02:00:15.000Z');
  });

  test('waits for the last of several requests that may still begin', async () => {
    const scene = createScene({ now: new Date('2026-11-25T02:00:01.000Z') });
    const journal = journalUpTo('write').map((step) => ({
      ...step,
      detail: step.name === 'backup' ? { notAfter: '2026-11-25T02:00:40.000Z' } : step.detail,
    }));
    const { result } = await reconcile(changeWith(journal), scene.server, scene.runtime, botStopped);
    assert.equal(result.kind, 'not-done');
    assert.ok(result.seenAt !== null && result.seenAt > '2026-11-25T02:00:40.000Z');
  });

  test('on the way back compares with the process that the way back found, not with the one before it', async () => {
    const secondWorker = { pid: 5555, startedAt: '2026-11-25T01:59:00.000Z' };
    const scene = createScene({ worker: secondWorker, now: new Date('2026-11-25T02:05:00.000Z') });
    const journal = journalUpTo('undo-verify').map((step) =>
      step.name === 'undo-write'
        ? { ...step, detail: { baseline: { worker: secondWorker, serviceAnswered: true } } }
        : step,
    );
    const ending = await reconcile(changeWith(journal), scene.server, scene.runtime, botStopped);
    assert.equal(ending.state, 'unknown', 'nobody saw the restart of the way back');
  });

  test('is not judged while a function still acts on the server', async () => {
    const { ending } = reconcileIn('write', {
      running: { functionName: 'Set-WsusBotLimit', changeId: raisePlan.changeId, startedAt: writtenAt },
    });
    assert.equal((await ending).state, 'unknown');
  });

  test('is only read, whatever is found', async () => {
    for (const last of [...steps.write, ...steps.restart, ...steps.undo]) {
      const { ending, events } = reconcileIn(last, { service: 'silent' });
      await ending;
      assert.deepEqual(new Set(events), new Set(['call report']));
    }
  });

  test('and is proven names its backup, known though the answer was lost', async () => {
    const { ending } = reconcileIn('wait', { file: newFile, worker: workers['started after the write'] });
    const { result } = await ending;
    assert.equal(result.kind, 'proven');
    assert.equal(result.proof.backup, `Web.config.${raisePlan.changeId}.bak`);
    assert.deepEqual(result.proof.values, [{ key: 'maxInstalledPrerequisites', before: 400, now: 800 }]);
  });
});

describe('a roll-back that was broken off', () => {
  test('counts the backup as its new file', async () => {
    const there = reconcileIn('write', { file: oldFile }, rollBackPlan);
    assert.equal((await there.ending).result.kind, 'not-active');
    const notThere = reconcileIn('write', { file: newFile }, rollBackPlan);
    assert.equal((await notThere.ending).result.kind, 'not-done');
    const proven = reconcileIn(
      'restart',
      { file: oldFile, worker: workers['started after the write'] },
      rollBackPlan,
    );
    assert.equal((await proven.ending).result.kind, 'proven');
  });
});

describe('a restart that was broken off', () => {
  test('is proven by another worker, not active with the same one, unknown on another file', async () => {
    const proven = reconcileIn(
      'restart',
      { file: newFile, worker: workers['started after the write'] },
      restartPlan,
    );
    assert.equal((await proven.ending).result.kind, 'proven');
    const same = reconcileIn('restart', { file: newFile }, restartPlan);
    assert.equal((await same.ending).result.kind, 'not-active');
    const foreign = reconcileIn(
      'restart',
      { file: foreignFile, worker: workers['started after the write'] },
      restartPlan,
    );
    assert.equal((await foreign.ending).result.kind, 'unknown');
  });
});
