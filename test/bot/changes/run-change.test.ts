import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Ending } from '../../../bot/changes/change.ts';
import { runChange } from '../../../bot/changes/run-change.ts';
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
  type Scene,
  serverTime,
} from './scene.ts';

const run = (scene: Scene, plan = raisePlan): Promise<Ending> =>
  runChange(plan, scene.server, scene.journal, scene.runtime);

const calls = (scene: Scene): string[] => scene.events.filter((event) => event.startsWith('call '));

/** The step at which the change stopped, from its result. */
const stop = ({ result }: Ending) =>
  'reason' in result ? { at: result.at, code: result.reason.code } : undefined;

const lostBeforeActing = async (): Promise<never> => {
  throw remoteError('unknown');
};

describe('a raise', () => {
  test('writes every step down before it acts and after it ended, in the order of the course', async () => {
    const scene = createScene();
    const ending = await run(scene);
    assert.equal(ending.state, 'succeeded');
    assert.deepEqual(scene.events, [
      'started read',
      'call report',
      'done read',
      'started backup',
      'call apply',
      'done backup',
      'started write',
      'done write',
      'started verify-file',
      'done verify-file',
      'started restart',
      'call restart',
      'done restart',
      'started wait',
      'done wait',
      'started verify',
      'call report',
      'done verify',
    ]);
  });

  test('succeeds with what was read back: value, file, another worker, the answer, the backup', async () => {
    const scene = createScene();
    const { result } = await run(scene);
    assert.equal(result.kind, 'proven');
    const { proof } = result;
    assert.equal(proof.sha256, raisePlan.sha256After);
    assert.deepEqual(proof.values, [{ key: 'maxInstalledPrerequisites', before: 400, now: 800 }]);
    assert.deepEqual(proof.restart, { before: oldWorker, after: scene.world.worker, seen: true });
    assert.equal(proof.service.status, 200);
    assert.equal(proof.service.poolState, 'Started');
    assert.equal(proof.backup, `Web.config.${raisePlan.changeId}.bak`);
  });

  test('tells what could not be put back as it was', async () => {
    const scene = createScene();
    const { apply } = scene.server;
    scene.server.apply = async (request, options) => {
      const written = await apply(request, options);
      return written.outcome === 'written' ? { ...written, leftDifferent: ['owner'] } : written;
    };
    const { result } = await run(scene);
    assert.equal(result.kind, 'proven');
    assert.deepEqual(result.proof.leftDifferent, ['owner']);
  });

  test('asks for exactly what was approved, and gives the latest start by the clock of the server', async () => {
    const scene = createScene({ skew: 90_000 });
    const { apply, restart } = scene.server;
    const requests: unknown[] = [];
    scene.server.apply = (request, options) => {
      requests.push(request);
      assert.equal(options?.deadline, 60_000);
      return apply(request, options);
    };
    scene.server.restart = (request, options) => {
      requests.push({ ...request, notAfter: undefined });
      assert.equal(options?.deadline, 240_000);
      return restart(request, options);
    };
    await run(scene);
    assert.deepEqual(requests, [
      {
        changeId: raisePlan.changeId,
        notAfter: '2026-11-25T02:01:45.000Z',
        sha256Before: raisePlan.sha256Before,
        sha256After: raisePlan.sha256After,
        edits: { maxInstalledPrerequisites: 800 },
      },
      { changeId: raisePlan.changeId, notAfter: undefined, activation: 'IISReset' },
    ]);
  });

  test('that meets another file than the approved one is stale, and calls nothing that acts', async () => {
    const scene = createScene({ file: foreignFile });
    const ending = await run(scene);
    assert.deepEqual(ending, {
      state: 'stale',
      result: { kind: 'stale', seenAt: serverTime(scene.world) },
    });
    assert.deepEqual(calls(scene), ['call report']);
    assert.equal(scene.events.at(-1), 'failed read');
  });

  test('whose file cannot be read is not called stale: nobody saw another file', async () => {
    const scene = createScene({ file: 'not-readable' });
    const ending = await run(scene);
    assert.equal(ending.state, 'failed');
    assert.equal(ending.result.kind, 'not-done');
    assert.equal(ending.result.reason.code, 'file-not-readable');
    assert.equal(ending.result.reason.serverText, 'access is denied');
    assert.deepEqual(calls(scene), ['call report']);
  });

  test('whose server does not answer at the beginning is not done', async () => {
    const scene = createScene();
    scene.server.report = async () => {
      throw remoteError('not-sent', 'remote.unreachable');
    };
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'not-done');
    assert.deepEqual(stop(ending), { at: 'read', code: 'remote.unreachable' });
    assert.deepEqual(scene.events, ['started read', 'failed read']);
  });

  for (const reason of [
    'too-late',
    'busy',
    'after-hash-differs',
    'key-not-editable',
    'file-not-readable',
    'file-not-writable',
    'not-wsus',
  ] as const) {
    test(`that the server refuses as ${reason} is not done, says so, and restarts nothing`, async () => {
      const scene = createScene();
      scene.server.apply = async () => {
        scene.events.push('call apply');
        return { outcome: 'refused', reason, text: 'said by the server' };
      };
      const ending = await run(scene);
      assert.equal(ending.state, 'failed');
      assert.equal(ending.result.kind, 'not-done');
      assert.deepEqual(stop(ending), { at: 'backup', code: reason });
      assert.equal(ending.result.reason.serverText, 'said by the server');
      assert.deepEqual(calls(scene), ['call report', 'call apply']);
      assert.equal(scene.events.at(-1), 'failed backup');
    });
  }

  test('that the server refuses as stale is stale', async () => {
    const scene = createScene();
    scene.server.apply = async () => ({ outcome: 'refused', reason: 'stale', text: '' });
    assert.equal((await run(scene)).state, 'stale');
    assert.ok(!calls(scene).includes('call restart'));
  });

  test('that was never sent is not done, without another look', async () => {
    const scene = createScene();
    scene.server.apply = async () => {
      throw remoteError('not-sent', 'remote.unreachable');
    };
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'not-done');
    assert.deepEqual(stop(ending), { at: 'backup', code: 'remote.unreachable' });
    assert.deepEqual(calls(scene), ['call report']);
  });

  test('whose answer to the write was lost, with the old file there, is not done: known after its time ran out', async () => {
    const scene = createScene();
    scene.server.apply = lostBeforeActing;
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'not-done');
    assert.ok(ending.result.seenAt !== null && ending.result.seenAt > '2026-11-25T02:00:15.000Z');
    assert.ok(!calls(scene).includes('call restart'));
    assert.equal(scene.events.at(-1), 'failed backup');
  });

  test('whose answer to the write was lost, with the new file there, goes on and is proven', async () => {
    const scene = createScene();
    scene.server.apply = async () => {
      scene.write(newFile);
      throw remoteError('unknown');
    };
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'proven');
    assert.equal(ending.result.proof.backup, `Web.config.${raisePlan.changeId}.bak`);
    assert.deepEqual(calls(scene), ['call report', 'call report', 'call restart', 'call report']);
  });

  test('whose answer to the write was lost waits until the function on the server has ended', async () => {
    const scene = createScene();
    scene.server.apply = async () => {
      scene.world.running = {
        functionName: 'Set-WsusBotLimit',
        changeId: raisePlan.changeId,
        startedAt: serverTime(scene.world),
      };
      throw remoteError('unknown');
    };
    const { pause } = scene.runtime;
    let looks = 0;
    const runtime = {
      ...scene.runtime,
      pause: (milliseconds: number) => {
        looks += 1;
        if (looks === 3) {
          scene.write(newFile);
          scene.world.running = null;
        }
        return pause(milliseconds);
      },
    };
    const ending = await runChange(raisePlan, scene.server, scene.journal, runtime);
    assert.equal(ending.result.kind, 'proven');
    assert.equal(looks, 3);
  });

  test('whose answer to the write was lost, with neither file there, is unknown and restarts nothing', async () => {
    const scene = createScene();
    scene.server.apply = async () => {
      scene.write(foreignFile);
      throw remoteError('unknown');
    };
    const ending = await run(scene);
    assert.equal(ending.state, 'unknown');
    assert.equal(ending.result.kind, 'unknown');
    assert.equal(ending.result.file, 'other');
    assert.ok(!calls(scene).includes('call restart'));
    assert.equal(scene.events.at(-1), 'unknown backup');
  });

  test('whose answer to the write was lost, with the server silent after it, is unknown', async () => {
    const scene = createScene();
    scene.server.apply = async () => {
      scene.server.report = async () => {
        throw remoteError('not-sent', 'remote.unreachable');
      };
      throw remoteError('unknown');
    };
    const ending = await run(scene);
    assert.equal(ending.state, 'unknown');
    assert.equal(ending.result.kind, 'unknown');
    assert.equal(ending.result.file, 'not-seen');
    assert.equal(scene.events.at(-1), 'unknown backup');
  });

  test('keeps the step that it had reached when contact was lost', async () => {
    const scene = createScene();
    scene.server.apply = async (_request, options) => {
      options?.onProgress?.('backup');
      options?.onProgress?.('write');
      throw remoteError('unknown');
    };
    const ending = await run(scene);
    assert.equal(stop(ending)?.at, 'write');
    assert.equal(scene.events.at(-1), 'failed write');
  });

  test('that is answered with the hash of another file is looked at, and not restarted upon', async () => {
    const scene = createScene();
    scene.server.apply = async (request) => {
      scene.write(foreignFile);
      return {
        outcome: 'written',
        backup: { name: 'x', path: 'x', sha256: request.sha256Before },
        sha256: 'f'.repeat(64),
        writtenAt: serverTime(scene.world),
        leftDifferent: [],
      };
    };
    const ending = await run(scene);
    assert.equal(ending.state, 'unknown');
    assert.ok(!calls(scene).includes('call restart'));
  });
});

describe('the restart of a change', () => {
  for (const reason of ['too-late', 'busy', 'not-wsus'] as const) {
    test(`that is refused as ${reason} leaves the new file written and not active`, async () => {
      const scene = createScene();
      scene.server.restart = async () => ({ outcome: 'refused', reason, text: '' });
      const ending = await run(scene);
      assert.equal(ending.result.kind, 'not-active');
      assert.deepEqual(stop(ending), { at: 'restart', code: reason });
      assert.equal(scene.events.at(-1), 'failed restart');
    });
  }

  test('whose answer was lost, but another worker answers, is proven', async () => {
    const scene = createScene();
    scene.server.restart = async () => {
      scene.restartWorker();
      throw remoteError('unknown');
    };
    const ending = await run(scene);
    assert.equal(ending.state, 'succeeded');
    assert.deepEqual(scene.events.slice(-5), [
      'done restart',
      'started wait',
      'done wait',
      'started verify',
      'done verify',
    ]);
  });

  test('whose answer was lost, with the same worker after its time ran out, is not active and not sent again', async () => {
    const scene = createScene();
    let sent = 0;
    scene.server.restart = async () => {
      sent += 1;
      throw remoteError('unknown');
    };
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'not-active');
    assert.ok(ending.result.seenAt > '2026-11-25T02:00:15.000Z');
    assert.equal(sent, 1);
  });

  test('whose answer was lost, with the server silent after it, is unknown', async () => {
    const scene = createScene();
    scene.server.restart = async () => {
      scene.server.report = async () => {
        throw remoteError('not-sent', 'remote.unreachable');
      };
      throw remoteError('unknown');
    };
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'unknown');
    assert.deepEqual(stop(ending), { at: 'restart', code: 'remote.connection-lost' });
    assert.equal(scene.events.at(-1), 'unknown restart');
  });

  test('that does not end is unknown, but the server was not silent', async () => {
    const scene = createScene();
    scene.server.restart = async ({ changeId }) => {
      const startedAt = serverTime(scene.world);
      scene.world.running = { functionName: 'Restart-WsusBotService', changeId, startedAt };
      throw remoteError('unknown', 'remote.timed-out');
    };
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'unknown');
    assert.equal(ending.result.file, 'not-seen');
    assert.notEqual(ending.result.seenAt, null);
  });

  test('that was never sent is not active, for the same worker serves', async () => {
    const scene = createScene();
    scene.server.restart = async () => {
      throw remoteError('not-sent', 'remote.unreachable');
    };
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'not-active');
    assert.deepEqual(stop(ending), { at: 'restart', code: 'remote.unreachable' });
  });

  test('that the server says it made is not believed when the same worker serves', async () => {
    const scene = createScene();
    const { restart } = scene.server;
    scene.server.restart = async (request, options) => {
      const answer = await restart(request, options);
      scene.world.worker = oldWorker;
      return answer;
    };
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'not-active');
    assert.deepEqual(stop(ending), { at: 'verify', code: 'restart-not-seen' });
  });

  test('is no proof when the file is another one after it', async () => {
    const scene = createScene();
    const { restart } = scene.server;
    scene.server.restart = async (request, options) => {
      const answer = await restart(request, options);
      scene.world.file = foreignFile;
      return answer;
    };
    const ending = await run(scene);
    assert.equal(ending.state, 'unknown');
    assert.equal(ending.result.kind, 'unknown');
    assert.equal(ending.result.file, 'other');
  });

  test('is unknown when the worker process cannot be read', async () => {
    const scene = createScene();
    const { restart } = scene.server;
    scene.server.restart = async (request, options) => {
      const answer = await restart(request, options);
      scene.world.worker = 'not-readable';
      return answer;
    };
    assert.equal((await run(scene)).state, 'unknown');
  });

  test('is unknown when the worker process could not be read before it', async () => {
    const scene = createScene({ worker: 'not-readable' });
    assert.equal((await run(scene)).state, 'unknown');
  });

  test('is proven when no worker ran before and one that started after the write serves', async () => {
    const scene = createScene({ worker: null });
    assert.equal((await run(scene)).state, 'succeeded');
  });

  test('is not proven by a worker that started before the write, woken up by the first look', async () => {
    const scene = createScene({ worker: null });
    const { report } = scene.server;
    let woken = false;
    scene.server.report = async (options) => {
      const answer = await report(options);
      if (!woken) scene.restartWorker();
      woken = true;
      return answer;
    };
    scene.server.restart = async () => ({ outcome: 'refused', reason: 'busy', text: '' });
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'not-active');
  });
});

describe('a service that is silent after the restart', () => {
  const silentAfterRestart = (scene: Scene, worker: 'new' | 'none' = 'new') => {
    const { restart } = scene.server;
    let first = true;
    scene.server.restart = async (request, options) => {
      scene.world.service = first ? 'silent' : 'answers';
      const answer = await restart(request, options);
      if (first && worker === 'none') {
        scene.world.worker = null;
        scene.world.poolState = 'Stopped';
      }
      if (!first) scene.world.poolState = 'Started';
      first = false;
      return answer;
    };
  };

  test('and answered before gets its backup back and one more restart', async () => {
    const scene = createScene();
    silentAfterRestart(scene);
    const ending = await run(scene);
    assert.equal(ending.state, 'failed');
    assert.equal(ending.result.kind, 'restored');
    assert.equal(ending.result.reason.code, 'service-silent');
    assert.equal(ending.result.proof.sha256, raisePlan.sha256Before);
    assert.equal(scene.world.file, oldFile);
    const wayBack = scene.events.slice(scene.events.indexOf('started verify'));
    const once = wayBack.filter((event, index) => event !== wayBack[index - 1]);
    assert.deepEqual(once, [
      'started verify',
      'call report',
      'failed verify',
      'started undo-write',
      'call restore',
      'done undo-write',
      'started undo-restart',
      'call restart',
      'done undo-restart',
      'started undo-verify',
      'call report',
      'done undo-verify',
    ]);
  });

  test('is given time to come up before anything is put back', async () => {
    const scene = createScene();
    const { restart } = scene.server;
    scene.server.restart = async (request, options) => {
      scene.world.service = 'silent';
      return restart(request, options);
    };
    let waited = 0;
    const { pause } = scene.runtime;
    const runtime = {
      ...scene.runtime,
      pause: (milliseconds: number) => {
        waited += milliseconds;
        if (waited >= 60_000) scene.world.service = 'answers';
        return pause(milliseconds);
      },
    };
    const ending = await runChange(raisePlan, scene.server, scene.journal, runtime);
    assert.equal(ending.result.kind, 'proven');
    assert.ok(!calls(scene).includes('call restore'));
  });

  test('because it cannot start on the new file gets its backup back without a wait', async () => {
    const scene = createScene();
    const { restart } = scene.server;
    scene.server.restart = async (request, options) => {
      scene.world.service = scene.world.file === newFile ? 'error-page' : 'answers';
      return restart(request, options);
    };
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'restored');
    assert.ok(scene.world.now.getTime() - Date.parse('2026-11-25T02:00:00.000Z') < 1_000);
  });

  test('because its pool stopped gets its backup back: no worker at all is no reason to leave it', async () => {
    const scene = createScene();
    silentAfterRestart(scene, 'none');
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'restored');
    assert.equal(ending.result.reason.code, 'service-silent');
  });

  test('and was silent before keeps the new file: there is nothing to win by going back', async () => {
    const scene = createScene({ service: 'silent' });
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'not-active');
    assert.equal(ending.result.reason.code, 'service-silent');
    assert.ok(!calls(scene).includes('call restore'));
    assert.equal(scene.world.file, newFile);
  });

  test('but cannot be asked at all is unknown, and nothing is put back on no evidence', async () => {
    const scene = createScene();
    const { restart } = scene.server;
    scene.server.restart = async (request, options) => {
      const answer = await restart(request, options);
      scene.world.service = 'not-readable';
      return answer;
    };
    const ending = await run(scene);
    assert.equal(ending.state, 'unknown');
    assert.ok(!calls(scene).includes('call restore'));
  });

  test('and stays silent after the way back is unknown: a person decides', async () => {
    const scene = createScene();
    const { restart } = scene.server;
    scene.server.restart = async (request, options) => {
      scene.world.service = 'silent';
      return restart(request, options);
    };
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'unknown');
    assert.equal(ending.result.wayBackFailed, true);
    assert.equal(ending.result.file, 'before');
    assert.equal(ending.result.at, 'undo-verify');
    assert.equal(calls(scene).filter((call) => call === 'call restart').length, 2);
  });

  for (const reason of ['stale', 'too-late', 'busy', 'backup-missing', 'backup-differs'] as const) {
    test(`whose backup is refused as ${reason} is unknown, and not restarted again`, async () => {
      const scene = createScene();
      silentAfterRestart(scene);
      scene.server.restore = async () => ({ outcome: 'refused', reason, text: '' });
      const ending = await run(scene);
      assert.equal(ending.result.kind, 'unknown');
      assert.equal(ending.result.wayBackFailed, true);
      assert.equal(ending.result.file, 'after');
      assert.equal(scene.events.at(-1), 'failed undo-write');
      assert.equal(calls(scene).filter((call) => call === 'call restart').length, 1);
    });
  }

  test('whose restore was lost but is there goes on with the way back', async () => {
    const scene = createScene();
    silentAfterRestart(scene);
    scene.server.restore = async () => {
      scene.write(oldFile);
      throw remoteError('unknown');
    };
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'restored');
  });

  test('whose restore was held up on the way is waited for as long as it may begin', async () => {
    const scene = createScene();
    silentAfterRestart(scene);
    scene.server.restore = async () => {
      throw remoteError('unknown');
    };
    const { pause } = scene.runtime;
    const runtime = {
      ...scene.runtime,
      pause: async (milliseconds: number) => {
        await pause(milliseconds);
        const restoring = scene.events.includes('started undo-write');
        if (restoring && scene.world.file === newFile) late -= 1;
        if (late === 0) scene.write(oldFile);
      },
    };
    let late = 5;
    const ending = await runChange(raisePlan, scene.server, scene.journal, runtime);
    assert.equal(ending.result.kind, 'restored');
  });

  test('whose second restart was held up on the way is waited for as long as it may begin', async () => {
    const scene = createScene();
    silentAfterRestart(scene);
    const { restart } = scene.server;
    let first = true;
    scene.server.restart = async (request, options) => {
      if (!first) {
        scene.world.service = 'answers';
        throw remoteError('unknown');
      }
      first = false;
      return restart(request, options);
    };
    const { pause } = scene.runtime;
    let late = 5;
    const runtime = {
      ...scene.runtime,
      pause: async (milliseconds: number) => {
        await pause(milliseconds);
        if (!scene.events.includes('started undo-verify')) return;
        late -= 1;
        if (late === 0) scene.restartWorker();
      },
    };
    const ending = await runChange(raisePlan, scene.server, scene.journal, runtime);
    assert.equal(ending.result.kind, 'restored');
  });

  test('whose restore was lost and is not there is unknown, and not sent again', async () => {
    const scene = createScene();
    silentAfterRestart(scene);
    let sent = 0;
    scene.server.restore = async () => {
      sent += 1;
      throw remoteError('unknown');
    };
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'unknown');
    assert.equal(ending.result.file, 'after');
    assert.equal(sent, 1);
    assert.equal(calls(scene).filter((call) => call === 'call restart').length, 1);
  });

  test('whose server falls silent during the way back is unknown, with the file not seen', async () => {
    const scene = createScene();
    silentAfterRestart(scene);
    scene.server.restore = async () => {
      scene.server.report = async () => {
        throw remoteError('not-sent', 'remote.unreachable');
      };
      throw remoteError('unknown');
    };
    const ending = await run(scene);
    assert.equal(ending.result.kind, 'unknown');
    assert.equal(ending.result.file, 'not-seen');
    assert.equal(ending.result.wayBackFailed, true);
  });

  test('whose second restart is refused is not called done in the journal', async () => {
    const scene = createScene();
    silentAfterRestart(scene);
    const { restart } = scene.server;
    let first = true;
    scene.server.restart = async (request, options) => {
      if (!first) return { outcome: 'refused', reason: 'busy', text: '' };
      first = false;
      return restart(request, options);
    };
    const ending = await run(scene);
    assert.equal(ending.state, 'unknown');
    assert.ok(scene.events.includes('failed undo-restart'));
    assert.ok(!scene.events.includes('done undo-restart'));
  });

  test('whose second restart was lost but seen is restored', async () => {
    const scene = createScene();
    silentAfterRestart(scene);
    const { restart } = scene.server;
    let first = true;
    scene.server.restart = async (request, options) => {
      const answer = await restart(request, options);
      if (!first) throw remoteError('unknown');
      first = false;
      return answer;
    };
    assert.equal((await run(scene)).result.kind, 'restored');
  });
});

describe('a roll-back', () => {
  const begin = () => createScene({ file: newFile });

  test('puts the named backup back, restarts once and is proven', async () => {
    const scene = begin();
    const requests: unknown[] = [];
    const { restore } = scene.server;
    scene.server.restore = (request, options) => {
      requests.push(request);
      return restore(request, options);
    };
    const ending = await run(scene, rollBackPlan);
    assert.equal(ending.result.kind, 'proven');
    assert.deepEqual(ending.result.proof.values, [
      { key: 'maxInstalledPrerequisites', before: 800, now: 400 },
    ]);
    assert.deepEqual(requests, [
      {
        changeId: rollBackPlan.changeId,
        notAfter: '2026-11-25T02:00:15.000Z',
        backup: rollBackPlan.backup,
        sha256Before: rollBackPlan.sha256Before,
        sha256After: rollBackPlan.sha256After,
      },
    ]);
    assert.deepEqual(
      scene.events.filter((event) => event.startsWith('started')),
      ['read', 'write', 'verify-file', 'restart', 'wait', 'verify'].map((step) => `started ${step}`),
    );
  });

  for (const reason of ['backup-missing', 'backup-differs', 'file-not-writable'] as const) {
    test(`that is refused as ${reason} is not done`, async () => {
      const scene = begin();
      scene.server.restore = async () => ({ outcome: 'refused', reason, text: '' });
      const ending = await run(scene, rollBackPlan);
      assert.equal(ending.result.kind, 'not-done');
      assert.deepEqual(stop(ending), { at: 'write', code: reason });
    });
  }

  test('after which the service is silent stays as it is: there is no way back from a way back', async () => {
    const scene = begin();
    const { restart } = scene.server;
    scene.server.restart = async (request, options) => {
      scene.world.service = 'silent';
      return restart(request, options);
    };
    const ending = await run(scene, rollBackPlan);
    assert.equal(ending.result.kind, 'not-active');
    assert.equal(ending.result.reason.code, 'service-silent');
    assert.equal(calls(scene).filter((call) => call === 'call restore').length, 1);
  });
});

describe('a restart', () => {
  test('leaves the file alone and is proven by another worker', async () => {
    const scene = createScene({ file: newFile });
    const ending = await run(scene, restartPlan);
    assert.equal(ending.result.kind, 'proven');
    assert.deepEqual(calls(scene), ['call report', 'call restart', 'call report']);
  });

  test('that meets another file is stale', async () => {
    const scene = createScene({ file: foreignFile });
    assert.equal((await run(scene, restartPlan)).state, 'stale');
  });

  test('whose answer was lost and was not seen is not active', async () => {
    const scene = createScene({ file: newFile });
    scene.server.restart = lostBeforeActing;
    assert.equal((await run(scene, restartPlan)).result.kind, 'not-active');
  });

  test('that brings silence has no backup to put back', async () => {
    const scene = createScene({ file: newFile });
    const { restart } = scene.server;
    scene.server.restart = async (request, options) => {
      scene.world.service = 'silent';
      return restart(request, options);
    };
    assert.equal((await run(scene, restartPlan)).result.kind, 'not-active');
    assert.ok(!calls(scene).includes('call restore'));
  });
});

describe('a journal that refuses', () => {
  const steps = ['read', 'backup', 'write', 'verify-file', 'restart', 'wait', 'verify'];

  for (const step of steps) {
    test(`the start of ${step} stops the change there: nothing that comes after is sent`, async () => {
      const scene = createScene();
      const lost = new Error('the lease is lost');
      const journal = {
        ...scene.journal,
        started: async (begun: string) => {
          if (begun === step) throw lost;
          scene.events.push(`started ${begun}`);
        },
      };
      await assert.rejects(runChange(raisePlan, scene.server, journal, scene.runtime), lost);
      const sent = calls(scene);
      const before = steps.indexOf(step);
      assert.equal(sent.includes('call apply'), before > steps.indexOf('backup'));
      assert.equal(sent.includes('call restart'), before > steps.indexOf('restart'));
    });
  }

  test('an error that is no RemoteError is not taken for an outcome', async () => {
    const scene = createScene();
    scene.server.apply = async () => {
      throw new TypeError('a defect');
    };
    await assert.rejects(run(scene), TypeError);
  });
});
