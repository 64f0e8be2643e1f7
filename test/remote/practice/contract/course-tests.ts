import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { backupNameOf, type ProgressStep } from '../../../../remote/contract.ts';
import { trustedInstaller } from '../../../../remote/practice/host/file-owners.ts';
import { windowsPaths } from '../../../../remote/practice/practice-folder.ts';
import type { PracticeServer } from '../../../../remote/practice/practice-server.ts';
import { acting, type Bench, raised, raising } from './bench.ts';
import type { EngineUnderTest } from './engine-under-test.ts';

/** The whole of a change and its way back, byte for byte. */
export function courseTests(engine: EngineUnderTest, bench: Bench): void {
  describe('a whole course', () => {
    test('writes the planned bytes, makes them active, and takes them back', async (t) => {
      const { server, wsus } = bench;
      const since = bench.counting();
      const steps: ProgressStep[] = [];
      const onProgress = (step: ProgressStep): void => void steps.push(step);
      const original = bench.webConfig();
      const nlink = statSync(server.webConfig).nlink;

      const { after, request, written, takeBack } = await raised(t, bench, onProgress);
      const name = backupNameOf(request.changeId);
      assert.deepEqual(written, {
        outcome: 'written',
        backup: {
          name,
          path: engine.differences.path(server, `${windowsPaths.backups}\\${name}`),
          sha256: request.sha256Before,
        },
        sha256: request.sha256After,
        writtenAt: written.writtenAt,
        leftDifferent: [],
      });
      assert.deepEqual(bench.webConfig(), after);
      assert.deepEqual(readFileSync(join(server.folder.backups, name)), original);
      assert.deepEqual(beside(server), ['Web.config']);
      assert.equal(server.effectiveLimits().maxInstalledPrerequisites, 400);
      const middle = await wsus.report({ brief: true });
      assert.ok(middle.file.ok && middle.pool.ok && middle.pool.worker !== null);
      assert.deepEqual(
        [middle.file.owner, middle.file.sddl],
        [trustedInstaller.owner, trustedInstaller.sddl],
      );
      assert.ok(middle.file.lastWriteAt > middle.pool.worker.startedAt, 'raised and not active');
      if (engine.has.has('hard-links')) {
        assert.deepEqual([nlink, middle.file.hardLinks], [2, 1]);
        assert.deepEqual(readFileSync(payload(server)), original);
      }

      const restarted = await wsus.restart({ ...acting(), activation: 'IISReset' }, { onProgress });
      assert.ok(restarted.outcome === 'restarted');
      const { before: was, after: is } = restarted;
      assert.deepEqual([was.worker, was.getConfigStatus], [middle.pool.worker, 200]);
      assert.deepEqual(
        [is.worker?.pid, is.getConfigStatus, is.getConfigIsSoap],
        [middle.pool.worker.pid + 2504, 200, true],
      );
      assert.ok(is.worker !== null && is.worker.startedAt > middle.pool.worker.startedAt);
      assert.ok(restarted.startedAt <= is.worker.startedAt && is.worker.startedAt <= restarted.endedAt);
      assert.equal(server.effectiveLimits().maxInstalledPrerequisites, 800);
      const log = readFileSync(server.folder.log, 'utf8').trimEnd().split('\r\n').at(-1) ?? '';
      assert.ok(log.includes(`Initializing ClientWebService ProcessID = ${is.worker.pid},`));

      steps.push('read');
      const restored = await takeBack();
      assert.deepEqual(restored, {
        outcome: 'restored',
        sha256: request.sha256Before,
        writtenAt: restored.outcome === 'restored' ? restored.writtenAt : '',
        leftDifferent: [],
      });
      assert.deepEqual(bench.webConfig(), original);
      const recycled = await wsus.restart({ ...acting(), activation: 'RecyclePool' });
      assert.equal(recycled.outcome, 'restarted');
      assert.equal(server.effectiveLimits().maxInstalledPrerequisites, 400);
      assert.deepEqual(since(), { restarts: 2, writes: 2 });
      assert.deepEqual(steps.slice(0, 6), ['read', 'backup', 'write', 'verify-file', 'restart', 'wait']);
      const last = await wsus.report({ brief: true });
      assert.ok(last.file.ok && last.activity.ok);
      assert.equal(last.file.sddl, trustedInstaller.sddl);
      assert.deepEqual([last.activity.running, last.activity.interrupted], [null, null]);
    });

    test('names the steps of a restore', async (t) => {
      const { request, written } = await raised(t, bench);
      const steps: ProgressStep[] = [];
      await bench.wsus.restore(
        {
          ...acting(),
          backup: written.backup.name,
          sha256Before: request.sha256After,
          sha256After: request.sha256Before,
        },
        { onProgress: (step) => steps.push(step) },
      );
      assert.deepEqual(steps, ['read', 'write', 'verify-file']);
    });

    test('raises both limits in one write', async () => {
      const since = bench.counting();
      const { before, after, request } = raising(bench.webConfig(), {
        maxInstalledPrerequisites: 800,
        maxCachedUpdates: 44_000,
      });
      const applied = await bench.wsus.apply(request);
      assert.ok(applied.outcome === 'written');
      assert.deepEqual(bench.webConfig(), after);
      const { sha256Before, sha256After } = request;
      const hashes = { sha256Before: sha256After, sha256After: sha256Before };
      await bench.wsus.restore({ ...acting(), ...hashes, backup: applied.backup.name });
      assert.deepEqual(bench.webConfig(), before);
      assert.equal(since().writes, 2);
    });

    test('keeps the newest ten backups, with the newest among them', async (t) => {
      const { backups } = bench.server.folder;
      const made = await raised(t, bench);
      assert.equal((await made.takeBack()).outcome, 'restored');
      const older = Array.from({ length: 12 }, (_unused, age) => {
        const name = backupNameOf(randomUUID());
        copyFileSync(join(backups, made.written.backup.name), join(backups, name));
        const time = new Date(Date.now() - (age + 1) * 86_400_000);
        utimesSync(join(backups, name), time, time);
        return name;
      });
      const { written } = await raised(t, bench);
      const kept = readdirSync(backups).filter((name) => name.endsWith('.bak'));
      assert.equal(kept.length, 10);
      assert.ok(kept.includes(written.backup.name) && kept.includes(made.written.backup.name));
      assert.deepEqual(
        older.filter((name) => kept.includes(name)),
        older.slice(0, older.filter((name) => kept.includes(name)).length),
      );
    });
  });
}

/** What lies in Web.config's own folder. */
export const beside = (server: PracticeServer): string[] => readdirSync(dirname(server.webConfig));

function payload({ folder }: PracticeServer): string {
  const components = join(folder.root, 'Windows/WinSxS');
  const [component] = readdirSync(components);
  assert.ok(component !== undefined);
  return join(components, component, 'Web.config');
}
