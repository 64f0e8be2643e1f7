import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { functionNames, reportSchema, restartResultSchema } from '../../../../remote/contract.ts';
import { hostOf, raiseTo800, startOfTest } from './practice-host.ts';

const restart = { ChangeId: randomUUID(), NotAfter: '2026-11-25T03:14:00.000Z', Activation: 'IISReset' };

test('a restart gives the worker a new pid and start time, and says so', async (t) => {
  const { call, host, steps } = await hostOf(t, 'limit-too-low');
  const result = restartResultSchema.parse(await call(functionNames.restart, restart));
  assert.ok(result.outcome === 'restarted');
  assert.deepEqual(result.before, {
    worker: { pid: 4812, startedAt: '2026-11-24T07:14:00.000Z' },
    getConfigStatus: 200,
  });
  assert.deepEqual(result.after.worker, { pid: 7316, startedAt: startOfTest.toISOString() });
  assert.deepEqual([result.after.getConfigStatus, result.after.getConfigIsSoap], [200, true]);
  assert.deepEqual(host.restarts, ['IISReset']);
  assert.deepEqual(steps, ['restart', 'wait']);
});

test('a restart makes the limit of the file effective', async (t) => {
  const { call, host } = await hostOf(t, 'raised-not-active');
  assert.equal(host.effectiveLimits.maxInstalledPrerequisites, 400);
  await call(functionNames.restart, { ...restart, Activation: 'RecyclePool' });
  assert.equal(host.effectiveLimits.maxInstalledPrerequisites, 800);
  assert.deepEqual(host.restarts, ['RecyclePool']);
});

test('the log gets the line by which the service announces its start', async (t) => {
  const { call, folder } = await hostOf(t, 'limit-too-low');
  await call(functionNames.restart, restart);
  const last = (await readFile(folder.log, 'utf8')).trimEnd().split('\r\n').at(-1);
  assert.match(
    last ?? '',
    /^2026-11-25 02:14:00\.850 UTC\tInfo\tw3wp\.5\tClientImplementation\.\.ctor\tInitializing ClientWebService ProcessID = 7316,/,
  );
});

test('a restart takes the time it was given, in two halves', async (t) => {
  const { call, waits } = await hostOf(t, 'limit-too-low', 2000);
  await call(functionNames.restart, restart);
  assert.deepEqual(waits, [1000, 1000]);
});

test('the service answers 503 after a restart while the file differs, and 200 again with the old file', async (t) => {
  const { call, folder, host } = await hostOf(t, 'limit-too-low');
  const { before, parameters } = await raiseTo800(folder.webConfig);
  host.setFaults([{ host: 'service-503-after-restart' }], before);
  await call(functionNames.apply, parameters);
  const broken = restartResultSchema.parse(await call(functionNames.restart, restart));
  assert.ok(broken.outcome === 'restarted');
  assert.deepEqual(
    [broken.before.getConfigStatus, broken.after.getConfigStatus, broken.after.worker?.pid],
    [200, 503, 7316],
  );
  await writeFile(folder.webConfig, before);
  const healed = restartResultSchema.parse(await call(functionNames.restart, restart));
  assert.ok(healed.outcome === 'restarted' && healed.after.worker !== null);
  assert.equal(healed.after.getConfigStatus, 200);
});

test('a pool that does not start has no worker, and one that is started again has', async (t) => {
  const { call, folder, host } = await hostOf(t, 'limit-too-low');
  host.setFaults([{ host: 'pool-does-not-start' }], await readFile(folder.webConfig));
  const stopped = restartResultSchema.parse(await call(functionNames.restart, restart));
  assert.ok(stopped.outcome === 'restarted');
  assert.deepEqual([stopped.after.worker, stopped.after.getConfigStatus], [null, 503]);
  const report = reportSchema.parse(await call(functionNames.report));
  assert.equal(report.pool.ok && report.pool.state, 'Stopped');
  host.setFaults([], await readFile(folder.webConfig));
  const started = restartResultSchema.parse(await call(functionNames.restart, restart));
  assert.equal(started.outcome === 'restarted' && started.after.getConfigStatus, 200);
});

test('a Web.config that is no XML is answered with 500', async (t) => {
  const { call, folder } = await hostOf(t, 'limit-too-low');
  await writeFile(folder.webConfig, '<configuration><appSettings>');
  const { health } = reportSchema.parse(await call(functionNames.report));
  assert.deepEqual([health.ok && health.getConfigStatus, health.ok && health.getConfigIsSoap], [500, false]);
});

test('a broken application answers 500 without SOAP', async (t) => {
  const { call, folder, host } = await hostOf(t, 'limit-too-low');
  const { before, parameters } = await raiseTo800(folder.webConfig);
  host.setFaults([{ host: 'service-500-after-restart' }], before);
  await call(functionNames.apply, parameters);
  const result = restartResultSchema.parse(await call(functionNames.restart, restart));
  assert.ok(result.outcome === 'restarted');
  assert.deepEqual([result.after.getConfigStatus, result.after.getConfigIsSoap], [500, false]);
});

test('a restart without effect leaves the old process', async (t) => {
  const { call, folder, host } = await hostOf(t, 'limit-too-low');
  host.setFaults([{ host: 'restart-without-effect' }], await readFile(folder.webConfig));
  const result = restartResultSchema.parse(await call(functionNames.restart, restart));
  assert.ok(result.outcome === 'restarted');
  assert.deepEqual(result.after.worker, result.before.worker);
});

test('while a restart does not end the report shows it, others are refused, and it ends when the fault is lifted', async (t) => {
  const { call, folder, host } = await hostOf(t, 'limit-too-low');
  const config = await readFile(folder.webConfig);
  host.setFaults([{ host: 'restart-never-ends' }], config);
  const first = call(functionNames.restart, restart);
  const report = reportSchema.parse(await call(functionNames.report));
  assert.deepEqual(report.activity, {
    ok: true,
    running: {
      functionName: functionNames.restart,
      changeId: restart.ChangeId,
      startedAt: startOfTest.toISOString(),
    },
    interrupted: null,
  });
  assert.deepEqual(report.pool, { ok: true, name: 'WsusPool', state: 'Stopped', worker: null });
  const second = restartResultSchema.parse(await call(functionNames.restart, restart));
  assert.equal(second.outcome === 'refused' && second.reason, 'busy');
  host.setFaults([], config);
  assert.equal(restartResultSchema.parse(await first).outcome, 'restarted');
  assert.deepEqual(host.restarts, ['IISReset']);
});
