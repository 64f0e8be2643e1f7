import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import {
  findPowershell,
  type Powershell,
  powershellMissing,
} from '../../remote/practice/powershell/find-powershell.ts';

const results = z.array(
  z.object({ file: z.string(), name: z.string(), result: z.string(), error: z.string() }),
);

const folder = fileURLToPath(new URL('.', import.meta.url));
const tools = fileURLToPath(new URL('../../.tools/modules/Pester/', import.meta.url));
const powershell = findPowershell();
const [pester] = globSync('*/Pester.psd1', { cwd: tools }).map((file) => join(tools, file, '..'));
const missing =
  powershell === undefined ? powershellMissing : 'Pester was not found: run "bash .ci/get-powershell"';

/** Each test of the files *.Tests.ps1 here is a test of this file. */
describe('Pester', { skip: (powershell === undefined || pester === undefined) && missing }, () => {
  test('runs the tests of all files', async (context) => {
    assert.ok(powershell !== undefined && pester !== undefined);
    const ran = await runPester(powershell, pester);
    const files = globSync('*.Tests.ps1', { cwd: folder });
    assert.ok(files.length > 0);
    for (const file of files)
      assert.ok(
        ran.some((entry) => entry.file === file),
        `no test of ${file} ran`,
      );
    for (const { file, name, result, error } of ran) {
      await context.test(`${file}: ${name}`, () => assert.equal(result, 'Passed', error));
    }
  });
});

async function runPester(pwsh: Powershell, pesterFolder: string): Promise<z.infer<typeof results>> {
  const temporary = mkdtempSync(join(tmpdir(), 'wsus-bot-pester-'));
  try {
    const result = join(temporary, 'result.json');
    const args = [...pwsh.args, '-NoProfile', '-NonInteractive', '-File', join(folder, 'run-pester.ps1')];
    const child = spawn(pwsh.file, [...args, '-PesterFolder', pesterFolder, '-Result', result], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...pwsh.env, TMPDIR: temporary },
    });
    const [output, errors, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    assert.equal(code, 0, `${output}${errors}`);
    return results.parse(JSON.parse(readFileSync(result, 'utf8')));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
