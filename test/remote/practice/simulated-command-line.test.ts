import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { functionNames, reportSchema } from '../../../remote/contract.ts';
import { simulatedCommandLine } from '../../../remote/practice/simulated-command-line.ts';
import { hostOf } from './host/practice-host.ts';

const runs = (script: string): string =>
  `powershell -encodedcommand ${Buffer.from(script, 'utf16le').toString('base64')}`;

/** What a command line says until it has ended. */
async function said(t: TestContext, line: string) {
  const { host } = await hostOf(t, 'healthy');
  const { promise, resolve } = Promise.withResolvers<number>();
  const streams = { out: '', errors: '' };
  simulatedCommandLine(host)(line, {
    stdout: (bytes) => {
      streams.out += bytes.toString('utf8');
    },
    stderr: (bytes) => {
      streams.errors += bytes.toString('utf8');
    },
    ended: resolve,
  });
  return { exitCode: await promise, ...streams };
}

test('a function of the module answers on a command line what it answers in the endpoint', async (t) => {
  const { exitCode, out, errors } = await said(t, runs(functionNames.report));
  assert.deepEqual([exitCode, errors], [0, '']);
  assert.ok(reportSchema.parse(JSON.parse(out)).file.ok);
});

for (const [what, line] of [
  ['another script', runs('Get-ChildItem')],
  ['a function without the parameters it needs', runs(functionNames.apply)],
  ['another program', 'ipconfig /all'],
] as const) {
  test(`${what} ends with exit code 1, and says why on the stream for errors`, async (t) => {
    const { exitCode, out, errors } = await said(t, line);
    assert.deepEqual([exitCode, out], [1, '']);
    assert.notEqual(errors.trim(), '');
  });
}
