import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { connectWsusServer } from '../../../remote/connect-wsus-server.ts';
import { practiceStates } from '../../../remote/practice/practice-servers.ts';
import type { RemoteError } from '../../../remote/remote-error.ts';
import { planEdit } from '../../../remote/web-config.ts';
import { practiceServer } from './front/practice.ts';

test('a change made over the wire: read, write, restart, read, restore, restart', async (t) => {
  const server = await practiceServer(t);
  const steps: string[] = [];
  const onProgress = (step: string): void => void steps.push(step);
  const wsus = connectWsusServer(server.target);
  t.after(() => wsus.close());
  const original = await readFile(server.webConfig);
  const acting = { changeId: randomUUID(), notAfter: new Date(Date.now() + 600_000).toISOString() };

  const before = await wsus.report();
  assert.ok(before.file.ok && before.pool.ok);
  const plan = planEdit(Buffer.from(before.file.bytes, 'base64'), { maxInstalledPrerequisites: 800 });
  assert.ok(plan.ok);
  const sha256After = await sha256(plan.after);
  const hashes = { sha256Before: before.file.sha256, sha256After };
  const applied = await wsus.apply(
    { ...acting, ...hashes, edits: { maxInstalledPrerequisites: 800 } },
    { onProgress },
  );
  assert.ok(applied.outcome === 'written');
  assert.deepEqual(await readFile(server.webConfig), Buffer.from(plan.after));
  assert.equal(server.effectiveLimits().maxInstalledPrerequisites, 400);

  const restarted = await wsus.restart({ ...acting, activation: 'IISReset' }, { onProgress });
  assert.ok(restarted.outcome === 'restarted');
  assert.notEqual(restarted.after.worker?.pid, restarted.before.worker?.pid);
  assert.equal(server.effectiveLimits().maxInstalledPrerequisites, 800);
  const after = await wsus.report();
  assert.ok(after.file.ok && after.pool.ok);
  assert.equal(after.file.sha256, sha256After);
  assert.deepEqual(after.pool.worker, restarted.after.worker);

  const restored = await wsus.restore(
    { ...acting, backup: applied.backup.name, sha256Before: sha256After, sha256After: before.file.sha256 },
    { onProgress },
  );
  assert.equal(restored.outcome, 'restored');
  await wsus.restart({ ...acting, activation: 'RecyclePool' });
  assert.deepEqual(await readFile(server.webConfig), original);
  assert.deepEqual(server.stats(), { restarts: 2, writes: 2 });
  assert.deepEqual(steps, [
    'read',
    'backup',
    'write',
    'verify-file',
    'restart',
    'wait',
    'read',
    'write',
    'verify-file',
  ]);
});

test('a cold report takes at most 7 requests, a warm one 2', async (t) => {
  const server = await practiceServer(t);
  let requests = 0;
  const wsus = connectWsusServer(server.target, { onRequest: () => void requests++ });
  t.after(() => wsus.close());
  await wsus.report();
  assert.ok(requests <= 7, String(requests));
  requests = 0;
  await wsus.report();
  assert.equal(requests, 2);
});

const expected: Readonly<Record<string, string>> = {
  unreachable: 'remote.port-closed',
  'wrong-password': 'remote.sign-in-refused',
};

for (const state of practiceStates) {
  test(`a client meets in the server that is ${state} what its state says`, async (t) => {
    const server = await practiceServer(t, state);
    const wsus = connectWsusServer(server.target);
    t.after(() => wsus.close());
    const outcome = await wsus.report().then(
      () => 'report',
      (error: RemoteError) => error.code,
    );
    assert.equal(outcome, expected[state] ?? 'report');
  });
}

async function sha256(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(bytes))).toString('hex');
}
