import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Powershell } from '../../../../remote/practice/powershell/find-powershell.ts';

const place = { line: z.number(), guarded: z.boolean() };
const named = z.object({ ...place, name: z.string() });

const command = z.object({
  ...place,
  /** As written, with its module; null when it is not written out. */
  name: z.string().nullable(),
  text: z.string(),
  operator: z.string(),
  parameters: z.array(z.string()),
  splat: z.boolean(),
  /** `& $block`, of a parameter of the function around it that is declared [scriptblock]. */
  isOwnBlock: z.boolean(),
  /** What New-Object makes; empty when it is not written out. */
  newType: z.string().nullable(),
});

const member = z.object({
  ...place,
  static: z.boolean(),
  type: z.string().nullable(),
  on: z.string(),
  name: z.string().nullable(),
  /** How many, of a call; null of a property. */
  arguments: z.number().nullable(),
});

const parameter = z.object({ name: z.string(), type: z.array(z.string()), attributes: z.array(z.string()) });
const functionFact = z.object({
  ...place,
  name: z.string(),
  parameters: z.array(parameter),
  hasHelp: z.boolean(),
});

const fileFacts = z.object({
  path: z.string(),
  errors: z.array(z.string()),
  newer: z.array(named),
  requirements: z.array(z.string()),
  types: z.array(named),
  attributes: z.array(z.object({ ...place, name: z.string(), arguments: z.array(z.string()) })),
  members: z.array(member),
  commands: z.array(command),
  functions: z.array(functionFact),
});

export type CommandFact = z.infer<typeof command>;
export type MemberFact = z.infer<typeof member>;
export type FunctionFact = z.infer<typeof functionFact>;
/** What one PowerShell file is made of. `guarded`: inside `if ($PSVersionTable.PSVersion.Major -ge 6) { … }`. */
export type FileFacts = z.infer<typeof fileFacts>;

const reader = fileURLToPath(new URL('read-syntax.ps1', import.meta.url));

/** Has Microsoft's own parser read the files, all in one process. */
export async function readFileFacts(pwsh: Powershell, paths: readonly string[]): Promise<FileFacts[]> {
  const child = spawn(pwsh.file, [...pwsh.args, '-NoProfile', '-NonInteractive', '-File', reader], {
    stdio: 'pipe',
    env: { ...process.env, ...pwsh.env },
  });
  child.stdin.end(JSON.stringify(paths));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (!output.startsWith('['))
    throw new Error(`reading the syntax of ${paths.length} files: ${output}${errors}`);
  return z.array(fileFacts).parse(JSON.parse(output));
}
