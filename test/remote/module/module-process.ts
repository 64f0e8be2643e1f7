import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { findPowershell, powershellMissing } from '../../../remote/practice/powershell/find-powershell.ts';

const answer = z.object({
  result: z.string().optional(),
  error: z.string().optional(),
  boundaries: z.number().int(),
});

export type CallAnswer = z.infer<typeof answer> | 'killed';

export interface ModuleCall {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The process kills itself at this crossing between functions: its number from 1, or `Write-Backup out 1`. */
  readonly killAt?: number | string;
}

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));
/** The shipped module, and the practice Windows under it. */
export const modulePaths = [
  '../../../remote/module/WsusBot/WsusBot.psd1',
  '../../../remote/practice/powershell/practice-windows/PracticeWindows.psm1',
].map(pathOf);

/** A PowerShell with the shipped module over a practice Windows, as a session on the server is. */
export class ModuleProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  /** The line that is waited for; undefined when the process ends instead. */
  #awaited = Promise.withResolvers<string | undefined>();
  readonly #ready: Promise<unknown>;

  /** `layers` are scripts of this folder that run first, over the practice Windows. */
  constructor(practice: string, layers: readonly string[] = []) {
    const powershell = findPowershell();
    if (powershell === undefined) throw new Error(powershellMissing);
    this.#child = spawn(
      powershell.file,
      [
        ...[...powershell.args, '-NoLogo', '-NoProfile', '-File', pathOf('call-driver.ps1')],
        ...[...modulePaths, ...layers.map(pathOf)],
      ],
      {
        env: {
          ...process.env,
          ...powershell.env,
          WSUS_BOT_PRACTICE: practice,
          DOTNET_EnableDiagnostics: '0',
          // Most of these processes live shorter than it takes to profit from profiling.
          DOTNET_TieredPGO: '0',
          POWERSHELL_TELEMETRY_OPTOUT: '1',
        },
      },
    );
    this.#child.stderr.pipe(process.stderr);
    this.#child.stdin.on('error', () => undefined);
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#awaited.resolve(line));
    this.#child.on('close', () => this.#awaited.resolve(undefined));
    this.#ready = this.#awaited.promise;
  }

  async call(call: ModuleCall): Promise<CallAnswer> {
    await this.#ready;
    if (this.#hasEnded) return 'killed';
    this.#awaited = Promise.withResolvers();
    this.#child.stdin.write(`${JSON.stringify(call)}\n`);
    const line = await this.#awaited.promise;
    return line === undefined ? 'killed' : answer.parse(JSON.parse(line));
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async close(): Promise<void> {
    if (this.#hasEnded) return;
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await closed;
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}
