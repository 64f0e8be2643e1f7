import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findPowershell, powershellMissing } from '../../../remote/practice/powershell/find-powershell.ts';

const module = fileURLToPath(new URL('../../../remote/module/WsusBot/WsusBot.psm1', import.meta.url));
const powershell = findPowershell();

/** Why the tests that need a PowerShell are left out; false when there is one. */
export const withoutPowershell = powershell === undefined && powershellMissing;

/**
 * Runs the script once inside the module, where its private functions are known, with the input as `$cases`. Answers what
 * the script writes, as JSON. `env` is added to the environment of the process.
 */
export async function inModule(
  script: string,
  cases: unknown,
  env: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  if (powershell === undefined) throw new Error(powershellMissing);
  const folder = await mkdtemp(join(tmpdir(), 'wsus-bot-in-module-'));
  const [file, input, output] = ['run.ps1', 'in.json', 'out.json'].map((name) => join(folder, name));
  if (file === undefined || input === undefined || output === undefined) throw new TypeError();
  try {
    await writeFile(input, JSON.stringify(cases));
    await writeFile(file, runner(script));
    await promisify(execFile)(
      powershell.file,
      [...powershell.args, '-NoProfile', '-NonInteractive', '-File', file, module, input, output],
      { env: { ...process.env, ...powershell.env, HOME: folder, DOTNET_EnableDiagnostics: '0', ...env } },
    );
    return JSON.parse(await readFile(output, 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Dates in JSON must stay text: ConvertFrom-Json makes them dates unless a string is all there is. */
const runner = (script: string): string => `param($Module, $In, $Out)
$ErrorActionPreference = 'Stop'
$loaded = Import-Module $Module -PassThru
$read = ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($In)) -AsHashtable -DateKind String
$result = & $loaded { param($cases)
${script}
} $read
[IO.File]::WriteAllText($Out, (ConvertTo-Json -InputObject $result -Depth 10 -Compress))
`;
