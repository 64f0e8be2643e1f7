import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { powershellMissing } from '../../remote/practice/powershell/find-powershell.ts';

const script = fileURLToPath(new URL('../../bot/demo.ts', import.meta.url));

/** What the demo says on its error output when it does not start, and its exit code. */
async function refusal(args: readonly string[]) {
  const env = { ...process.env, WSUS_BOT_PWSH: '/nowhere/pwsh' };
  const child = spawn(process.execPath, [script, '--no-playground', ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const [code] = await once(child, 'close');
  return { code, said };
}

for (const [what, args, sentence] of [
  ['there is no PowerShell', ['--engine', 'powershell'], powershellMissing],
  [
    'the engine is unknown',
    ['--engine', 'purple'],
    '--engine is "simulated" or "powershell"; "purple" is neither.',
  ],
  [
    'agentless has no real PowerShell',
    ['--agentless'],
    '--agentless needs a real PowerShell on the practice servers: add --engine powershell.',
  ],
] as const) {
  test(`the demo says in one sentence what to do when ${what}`, async () => {
    assert.deepEqual(await refusal(args), { code: 2, said: `${sentence}\n` });
  });
}
