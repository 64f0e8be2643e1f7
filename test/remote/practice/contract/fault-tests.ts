import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { functionNames, type ProgressStep } from '../../../../remote/contract.ts';
import { administrators } from '../../../../remote/practice/host/file-owners.ts';
import type { RemoteError } from '../../../../remote/remote-error.ts';
import { acting, type Bench, raised, raising } from './bench.ts';
import { beside } from './course-tests.ts';
import type { EngineUnderTest } from './engine-under-test.ts';

/** What comes of each fault of a server that is no refusal, and of a process that is killed. */
export function faultTests(engine: EngineUnderTest, bench: Bench): void {
  describe('a service that has a fault', () => {
    const restart = async () => {
      const result = await bench.wsus.restart({ ...acting(), activation: 'IISReset' });
      assert.ok(result.outcome === 'restarted', JSON.stringify(result));
      const { before, after } = result;
      return {
        same: before.worker?.pid === after.worker?.pid,
        hasWorker: after.worker !== null,
        status: after.getConfigStatus,
        isSoap: after.getConfigIsSoap,
      };
    };
    const healthy = { same: false, hasWorker: true, status: 200, isSoap: true };

    test('answers 503 while the file differs, and 200 with the old one', async (t) => {
      bench.misbehave(t, { host: 'service-503-after-restart' });
      const { takeBack } = await raised(t, bench);
      assert.deepEqual(await restart(), { same: false, hasWorker: true, status: 503, isSoap: false });
      assert.equal((await takeBack()).outcome, 'restored');
      assert.deepEqual(await restart(), healthy);
    });

    test('answers 500 in HTML while the file differs', async (t) => {
      bench.misbehave(t, { host: 'service-500-after-restart' });
      await raised(t, bench);
      assert.deepEqual(await restart(), { same: false, hasWorker: true, status: 500, isSoap: false });
    });

    test('answers 503 whatever the file says', async (t) => {
      bench.misbehave(t, { host: 'service-503-always' });
      assert.deepEqual(await restart(), { same: false, hasWorker: true, status: 503, isSoap: false });
      const { health, pool } = await bench.wsus.report({ brief: true });
      assert.deepEqual([health.ok && health.versionStatus, pool.ok && pool.state], [503, 'Started']);
    });

    test('has a pool that does not start, until it is restarted without the fault', async (t) => {
      bench.misbehave(t, { host: 'pool-does-not-start' });
      const stopped = { hasWorker: false, status: 503, isSoap: false };
      assert.deepEqual(await restart(), { same: false, ...stopped });
      const { pool } = await bench.wsus.report({ brief: true });
      assert.deepEqual([pool.ok && pool.state, pool.ok && pool.worker], ['Stopped', null]);
      assert.deepEqual(await restart(), { same: true, ...stopped });
      bench.server.misbehave([]);
      const recycled = await bench.wsus.restart({ ...acting(), activation: 'RecyclePool' });
      assert.equal(recycled.outcome === 'restarted' && recycled.after.getConfigStatus, 200);
    });

    test('is restarted without effect', async (t) => {
      bench.misbehave(t, { host: 'restart-without-effect' });
      assert.deepEqual(await restart(), { same: true, hasWorker: true, status: 200, isSoap: true });
    });
  });

  describe('a file that has a fault', () => {
    test('keeps another owner: the answer says so with the command that mends it, and the report shows it', async (t) => {
      bench.misbehave(t, { host: 'owner-not-put-back' });
      const { written, after } = await raised(t, bench);
      assert.deepEqual(bench.webConfig(), after);
      const about = written.leftDifferent.find((sentence) => sentence.includes('/setowner')) ?? '';
      const path = engine.differences.path(
        bench.server,
        'C:\\Program Files\\Update Services\\WebServices\\ClientWebService\\Web.config',
      );
      assert.ok(about.includes(`icacls "${path}" /setowner`), written.leftDifferent.join('\n'));
      const { file } = await bench.wsus.report({ brief: true });
      assert.equal(file.ok && file.owner, administrators.owner);
    });
  });

  describe('a function that has a fault', () => {
    const apply = (onProgress?: (step: ProgressStep) => void) => {
      const { request, before, after } = raising(bench.webConfig());
      const call = bench.wsus.apply(request, onProgress === undefined ? {} : { onProgress });
      return { request, before, after, call };
    };

    for (const step of ['read', 'backup', 'write'] as const) {
      test(`stops with an error at the step ${step}, and is no longer at work`, async (t) => {
        const text = `no ${step} today`;
        const functionName = functionNames.apply;
        bench.misbehave(t, { host: 'error-at-step', step, text, functionName });
        const { call, before } = apply();
        await assert.rejects(call, (error: RemoteError) => {
          assert.deepEqual([error.code, error.outcome], ['remote.function-failed', 'unknown']);
          assert.equal(error.serverText, text);
          return true;
        });
        assert.deepEqual(bench.webConfig(), before);
        const { activity, file } = await bench.wsus.report({ brief: true });
        assert.deepEqual(activity, { ok: true, running: null, interrupted: null });
        assert.equal(file.ok && file.owner, 'NT SERVICE\\TrustedInstaller');
      });
    }

    test('tells its steps while it still rests in one', async (t) => {
      bench.misbehave(t, { host: 'slow-step', step: 'write', milliseconds: 600 });
      const ended = { is: false };
      const heard: ProgressStep[] = [];
      const { call, request } = apply((step) => {
        if (!ended.is) heard.push(step);
      });
      const written = await call;
      ended.is = true;
      assert.ok(written.outcome === 'written');
      assert.deepEqual(heard, ['read', 'backup', 'write', 'verify-file']);
      const { sha256Before, sha256After } = request;
      const hashes = { sha256Before: sha256After, sha256After: sha256Before };
      bench.server.misbehave([]);
      const restored = await bench.wsus.restore({
        ...acting(),
        ...hashes,
        backup: written.backup.name,
      });
      assert.equal(restored.outcome, 'restored');
    });

    for (const [step, file] of [
      ['write', 'before'],
      ['verify-file', 'after'],
    ] as const) {
      test(`is killed in the step ${step}: the file is the one ${file}, and the next report says so`, async (t) => {
        bench.misbehave(t, { host: 'slow-step', step, milliseconds: 60_000 });
        const resting = Promise.withResolvers<void>();
        const { call, request, before, after } = apply((at) => {
          if (at === step) resting.resolve();
        });
        const lost = assert.rejects(call, (error: RemoteError) => {
          assert.deepEqual([error.code, error.outcome], ['remote.connection-lost', 'unknown']);
          return true;
        });
        await resting.promise;
        bench.server.killEngine();
        await lost;
        bench.server.misbehave([]);
        assert.deepEqual(bench.webConfig(), file === 'before' ? before : after);
        const { activity } = await bench.wsus.report({ brief: true });
        assert.ok(activity.ok && activity.interrupted !== null, JSON.stringify(activity));
        const { functionName, changeId, step: at, file: said } = activity.interrupted;
        assert.deepEqual(
          { running: activity.running, functionName, changeId, at, said },
          {
            running: null,
            functionName: 'Set-WsusBotLimit',
            changeId: request.changeId,
            at: step,
            said: file,
          },
        );
        const { sha256Before, sha256After } = request;
        const next =
          file === 'before'
            ? await bench.wsus.restart({ ...acting(), activation: 'RecyclePool' })
            : await bench.wsus.restore({
                ...acting(),
                sha256Before: sha256After,
                sha256After: sha256Before,
                backup: `Web.config.${request.changeId}.bak`,
              });
        assert.equal(next.outcome, file === 'before' ? 'restarted' : 'restored');
        const mended = await bench.wsus.report({ brief: true });
        assert.deepEqual(mended.activity, { ok: true, running: null, interrupted: null });
        assert.equal(mended.file.ok && mended.file.owner, 'NT SERVICE\\TrustedInstaller');
        assert.deepEqual(bench.webConfig(), before);
        assert.deepEqual(beside(bench.server), ['Web.config']);
      });
    }
  });
}
