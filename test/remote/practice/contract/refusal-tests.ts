import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { backupNameOf, type ProgressStep } from '../../../../remote/contract.ts';
import type { HostFault } from '../../../../remote/practice/misbehaviour.ts';
import { acting, type Bench, raised, raising, sha256Of } from './bench.ts';
import { beside } from './course-tests.ts';

const reasonOf = (result: { readonly outcome: string; readonly reason?: string }): string =>
  result.outcome === 'refused' ? String(result.reason) : result.outcome;
const otherHash = 'f'.repeat(64);
const late = acting(-1_000);

/** Every reason to refuse, and which comes before which. A refusal has changed nothing. */
export function refusalTests(bench: Bench, notWsus: Bench, keyMissing: Bench): void {
  describe('refusals without WSUS', () => {
    test('not-wsus comes before too-late, for each function', async () => {
      const { wsus } = notWsus;
      const hashes = { sha256Before: otherHash, sha256After: otherHash };
      const results = [
        await wsus.apply({ ...late, ...hashes, edits: { maxInstalledPrerequisites: 800 } }),
        await wsus.restart({ ...late, activation: 'IISReset' }),
        await wsus.restore({ ...late, ...hashes, backup: backupNameOf(late.changeId) }),
      ];
      assert.deepEqual(results.map(reasonOf), ['not-wsus', 'not-wsus', 'not-wsus']);
      assert.deepEqual(notWsus.server.stats(), { restarts: 0, writes: 0 });
    });
  });

  describe('refusals without the key', () => {
    test('key-not-editable comes before after-hash-differs', async () => {
      const before = keyMissing.webConfig();
      const result = await keyMissing.wsus.apply({
        ...acting(),
        sha256Before: sha256Of(before),
        sha256After: otherHash,
        edits: { maxInstalledPrerequisites: 800 },
      });
      assert.equal(reasonOf(result), 'key-not-editable');
      assert.deepEqual(keyMissing.webConfig(), before);
    });
  });

  describe('refusals of apply', () => {
    const apply = async (change: Partial<ReturnType<typeof raising>['request']> = {}) => {
      const { before, request } = raising(bench.webConfig());
      const steps: ProgressStep[] = [];
      const since = bench.counting();
      const onProgress = (step: ProgressStep): void => void steps.push(step);
      const result = await bench.wsus.apply({ ...request, ...change }, { onProgress });
      assert.deepEqual(bench.webConfig(), before, 'the file is as it was');
      assert.deepEqual(since(), { restarts: 0, writes: 0 });
      assert.deepEqual(beside(bench.server), ['Web.config'], 'nothing is left beside it');
      return { reason: reasonOf(result), steps };
    };

    test('too-late comes before stale', async () => {
      assert.deepEqual(await apply({ ...late, sha256Before: otherHash }), { reason: 'too-late', steps: [] });
    });

    test('stale comes before after-hash-differs', async () => {
      const changed = { sha256Before: otherHash, sha256After: otherHash };
      assert.deepEqual(await apply(changed), { reason: 'stale', steps: ['read'] });
    });

    test('after-hash-differs comes before a backup is made', async (t) => {
      bench.misbehave(t, { host: 'backup-write-denied' });
      const result = await apply({ sha256After: otherHash });
      assert.deepEqual(result, { reason: 'after-hash-differs', steps: ['read'] });
    });

    test('other values than the planned ones are other bytes', async () => {
      assert.equal((await apply({ edits: { maxInstalledPrerequisites: 801 } })).reason, 'after-hash-differs');
    });

    test('a value that is no plain number is key-not-editable', async (t) => {
      const before = bench.webConfig();
      writeFileSync(bench.server.webConfig, before.toString().replace('value="400"', 'value="0400"'));
      t.after(() => writeFileSync(bench.server.webConfig, before));
      const result = await bench.wsus.apply({
        ...acting(),
        sha256Before: sha256Of(bench.webConfig()),
        sha256After: otherHash,
        edits: { maxInstalledPrerequisites: 800 },
      });
      assert.equal(reasonOf(result), 'key-not-editable');
    });

    for (const [fault, reason, steps] of [
      ['file-read-denied', 'file-not-readable', ['read']],
      ['backup-write-denied', 'file-not-writable', ['read', 'backup']],
      ['file-write-denied', 'file-not-writable', ['read', 'backup', 'write']],
      ['file-locked', 'file-not-writable', ['read', 'backup', 'write']],
      ['disk-full', 'file-not-writable', ['read', 'backup', 'write']],
    ] as const satisfies readonly (readonly [HostFault['host'], string, readonly ProgressStep[]])[]) {
      test(`${fault} is ${reason}, with everything as it was`, async (t) => {
        const before = await bench.wsus.report({ brief: true });
        bench.misbehave(t, { host: fault });
        assert.deepEqual(await apply(), { reason, steps });
        bench.server.misbehave([]);
        const after = await bench.wsus.report({ brief: true });
        assert.deepEqual([after.file, after.activity], [before.file, before.activity]);
      });
    }
  });

  describe('refusals of restore', () => {
    test('stale comes before backup-missing, that before anything is written', async (t) => {
      const { wsus } = bench;
      const { request, written, before, after } = await raised(t, bench);
      const hashes = { sha256Before: request.sha256After, sha256After: request.sha256Before };
      const since = bench.counting();
      const restore = async (change: Partial<Parameters<typeof wsus.restore>[0]>) =>
        reasonOf(await wsus.restore({ ...acting(), ...hashes, backup: written.backup.name, ...change }));
      const none = backupNameOf(randomUUID());
      assert.equal(await restore({ ...late, sha256Before: otherHash }), 'too-late');
      assert.equal(await restore({ sha256Before: otherHash, backup: none }), 'stale');
      assert.equal(await restore({ backup: none }), 'backup-missing');
      for (const path of ['..\\..\\x', '../../x', 'Web.config', `x/${written.backup.name}`]) {
        assert.equal(await restore({ backup: path }), 'backup-missing', path);
      }
      assert.equal(await restore({ sha256After: otherHash }), 'backup-differs');
      const backup = join(bench.server.folder.backups, written.backup.name);
      writeFileSync(backup, 'something else');
      assert.equal(await restore({}), 'backup-differs');
      assert.deepEqual(bench.webConfig(), after);
      assert.deepEqual(since(), { restarts: 0, writes: 0 });
      writeFileSync(backup, before);
    });

    test('a file that cannot be written stays as it is', async (t) => {
      const { takeBack, after } = await raised(t, bench);
      bench.misbehave(t, { host: 'file-locked' });
      assert.equal(reasonOf(await takeBack()), 'file-not-writable');
      assert.deepEqual(bench.webConfig(), after);
    });
  });

  describe('while a function runs', () => {
    test('the report tells which, too-late comes before busy, and busy before stale', async (t) => {
      bench.misbehave(t, { host: 'restart-never-ends' });
      const since = bench.counting();
      const request = { ...acting(), activation: 'IISReset' } as const;
      const steps: ProgressStep[] = [];
      const started = Promise.withResolvers<void>();
      const first = bench.wsus.restart(request, {
        onProgress: (step) => {
          steps.push(step);
          started.resolve();
        },
      });
      await started.promise;
      const report = await bench.beside.report({ brief: true });
      assert.ok(report.activity.ok && report.pool.ok);
      const { running, interrupted } = report.activity;
      assert.deepEqual(
        [running?.functionName, running?.changeId],
        ['Restart-WsusBotService', request.changeId],
      );
      assert.ok(running !== null && running.startedAt <= report.readAt);
      assert.equal(interrupted, null);
      assert.deepEqual([report.pool.state, report.pool.worker], ['Stopped', null]);
      const { request: change } = raising(bench.webConfig());
      const apply = (changed: object) =>
        bench.beside.apply({ ...change, sha256Before: otherHash, ...changed });
      assert.equal(reasonOf(await apply(late)), 'too-late');
      assert.equal(reasonOf(await apply({})), 'busy');
      assert.equal(reasonOf(await bench.beside.restart({ ...acting(), activation: 'IISReset' })), 'busy');
      bench.server.misbehave([]);
      assert.equal((await first).outcome, 'restarted');
      assert.deepEqual(steps, ['restart', 'wait']);
      assert.deepEqual(since(), { restarts: 1, writes: 0 });
      const free = await bench.wsus.report({ brief: true });
      assert.equal(free.activity.ok && free.activity.running, null);
    });
  });
}
