import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { LimitKey } from '../../../remote/contract.ts';
import { findPowershell, powershellMissing } from '../../../remote/practice/powershell/find-powershell.ts';

const answer = z.union([
  z.strictObject({ after: z.base64() }),
  z.strictObject({ code: z.string(), reason: z.string() }),
]);

export type ServerEdit =
  | { readonly ok: true; readonly after: Uint8Array }
  | { readonly ok: false; readonly code: string; readonly reason: string };

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** The edit as the server works it out: one PowerShell for any number of files, one after the other. */
export class ModuleEditor {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor() {
    const powershell = findPowershell();
    if (powershell === undefined) throw new Error(powershellMissing);
    const module = pathOf('../../../remote/module/WsusBot/WsusBot.psm1');
    this.#child = spawn(
      powershell.file,
      [...powershell.args, '-NoLogo', '-NoProfile', '-File', pathOf('edit-driver.ps1'), module],
      { env: { ...process.env, ...powershell.env, DOTNET_EnableDiagnostics: '0' } },
    );
    this.#child.stderr.pipe(process.stderr);
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async edit(bytes: Uint8Array, edits: Partial<Record<LimitKey, number>>): Promise<ServerEdit> {
    this.#child.stdin.write(`${JSON.stringify({ bytes: Buffer.from(bytes).toString('base64'), edits })}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new Error('PowerShell ended without an answer');
    const result = answer.parse(JSON.parse(line.value));
    return 'after' in result
      ? { ok: true, after: new Uint8Array(Buffer.from(result.after, 'base64')) }
      : { ok: false, ...result };
  }

  close(): void {
    this.#child.stdin.end();
  }
}
