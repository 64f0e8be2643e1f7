import assert from 'node:assert/strict';
import { appendFile, readFile, rm } from 'node:fs/promises';
import { test } from 'node:test';
import { applyResultSchema, functionNames, reportSchema } from '../../../../remote/contract.ts';
import { sha256Of } from '../../../../remote/practice/host/sha256.ts';
import { practiceStates } from '../../../../remote/practice/practice-servers.ts';
import { hostOf, raiseTo800 } from './practice-host.ts';

for (const state of practiceStates) {
  test(`the report of a server that is ${state} has the shape of the contract`, async (t) => {
    const { call } = await hostOf(t, state);
    reportSchema.parse(await call(functionNames.report));
  });
}

test('the report carries the bytes of the file, their hash and when they were written', async (t) => {
  const { call, folder } = await hostOf(t, 'raised-not-active');
  const { file, pool } = reportSchema.parse(await call(functionNames.report));
  const bytes = await readFile(folder.webConfig);
  assert.ok(file.ok && pool.ok && pool.worker !== null);
  assert.equal(file.bytes, bytes.toString('base64'));
  assert.equal(file.sha256, sha256Of(bytes));
  assert.ok(file.lastWriteAt > pool.worker.startedAt);
});

test('a report tells what it cannot read and reads the rest', async (t) => {
  const { call, folder, host } = await hostOf(t, 'limit-too-low');
  host.setFaults([{ host: 'file-read-denied' }], undefined);
  await rm(folder.log);
  const report = reportSchema.parse(await call(functionNames.report));
  assert.equal(!report.file.ok && report.file.code, 'access-denied');
  assert.equal(!report.log.ok && report.log.code, 'not-found');
  assert.equal(report.pool.ok, true);
});

test('a Web.config that is gone is a part that cannot be read', async (t) => {
  const { call, folder } = await hostOf(t, 'healthy');
  await rm(folder.webConfig);
  assert.equal(reportSchema.parse(await call(functionNames.report)).file.ok, false);
});

test('a line of the log is told as it is', async (t) => {
  const { call, folder } = await hostOf(t, 'healthy');
  const line =
    '2026-11-25 02:13:00.000 UTC\tError\tw3wp.1\tX.Y\tThrowException: actor = [a](https://evil) **b**, ID=1, ErrorCode=InternalServerError, Message=';
  await appendFile(folder.log, `${line}\r\n`);
  const { log } = reportSchema.parse(await call(functionNames.report));
  assert.equal(log.ok && log.lines.at(-1)?.text, line);
});

test('a server without WSUS refuses to act', async (t) => {
  const { call } = await hostOf(t, 'not-wsus');
  const { parameters } = await raiseTo800('/dev/null');
  const result = applyResultSchema.parse(await call(functionNames.apply, parameters));
  assert.equal(result.outcome === 'refused' && result.reason, 'not-wsus');
});

test('a call after its time is refused', async (t) => {
  const { call, folder, clock } = await hostOf(t, 'limit-too-low');
  const { before, parameters } = await raiseTo800(folder.webConfig);
  clock.now = new Date('2026-11-25T03:14:00.001Z');
  const result = applyResultSchema.parse(await call(functionNames.apply, parameters));
  assert.equal(result.outcome === 'refused' && result.reason, 'too-late');
  assert.deepEqual(await readFile(folder.webConfig), before);
});

test('a function whose body failed is no longer at work', async (t) => {
  const { call, folder, host } = await hostOf(t, 'limit-too-low');
  host.setFaults(
    [{ host: 'error-at-step', step: 'read', text: 'no', functionName: functionNames.apply }],
    undefined,
  );
  await assert.rejects(call(functionNames.apply, (await raiseTo800(folder.webConfig)).parameters));
  assert.deepEqual(reportSchema.parse(await call(functionNames.report)).activity, {
    ok: true,
    running: null,
    interrupted: null,
  });
});

test('names of functions are the same in any case', async (t) => {
  const { call } = await hostOf(t, 'healthy');
  reportSchema.parse(await call('get-wsusbotreport'));
});

for (const name of ['Get-ChildItem', 'Invoke-Expression', 'Set-WsusBotLimit; iisreset', '']) {
  test(`"${name}" is not a function of the endpoint`, async (t) => {
    const { call } = await hostOf(t, 'healthy');
    await assert.rejects(call(name), { errorId: 'CommandNotFoundException', target: name });
  });
}

for (const [what, changed, id] of [
  ['a limit of 0', { MaxInstalledPrerequisites: 0 }, 'ParameterArgumentValidationError'],
  ['a limit above a million', { MaxInstalledPrerequisites: 1_000_001 }, 'ParameterArgumentValidationError'],
  ['a limit that is a string', { MaxInstalledPrerequisites: '800' }, 'ParameterArgumentValidationError'],
  ['a change id that is no GUID', { ChangeId: '..\\x' }, 'ParameterArgumentValidationError'],
  ['a hash in capitals', { Sha256Before: 'A'.repeat(64) }, 'ParameterArgumentValidationError'],
  ['an unknown parameter', { Path: 'C:\\' }, 'NamedParameterNotFound'],
  ['a positional argument', { '': 'x' }, 'NamedParameterNotFound'],
] as const) {
  test(`${what} never reaches the function`, async (t) => {
    const { call, folder, steps } = await hostOf(t, 'limit-too-low');
    const { parameters } = await raiseTo800(folder.webConfig);
    await assert.rejects(call(functionNames.apply, { ...parameters, ...changed }), {
      errorId: `${id},${functionNames.apply}`,
    });
    assert.deepEqual(steps, []);
  });
}

test('a missing parameter is named', async (t) => {
  const { call } = await hostOf(t, 'limit-too-low');
  await assert.rejects(call(functionNames.restart, { Activation: 'IISReset' }), {
    errorId: `MissingMandatoryParameter,${functionNames.restart}`,
  });
});

test('apply without a new value is refused by its parameters', async (t) => {
  const { call, folder } = await hostOf(t, 'limit-too-low');
  const { MaxInstalledPrerequisites, ...rest } = (await raiseTo800(folder.webConfig)).parameters;
  assert.equal(MaxInstalledPrerequisites, 800);
  await assert.rejects(call(functionNames.apply, rest), {
    errorId: `ParameterArgumentValidationError,${functionNames.apply}`,
  });
});
