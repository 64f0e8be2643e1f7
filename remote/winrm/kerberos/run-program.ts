import { execFile } from 'node:child_process';

export interface ProgramEnd {
  /** Undefined: there is no such program, or it was ended at its deadline. */
  readonly status: number | undefined;
  readonly isMissing: boolean;
  /** What it wrote to standard error. Outside text. */
  readonly complaint: string;
}

/** @param timeout milliseconds after which the program is ended */
export type RunProgram = (
  program: string,
  parameters: readonly string[],
  options: { readonly env: Readonly<Record<string, string>>; readonly timeout: number },
) => Promise<ProgramEnd>;

/** Runs a program found on the PATH in `env`, without a shell and without standard input. Never rejects. */
export const runProgram: RunProgram = (program, parameters, { env, timeout }) =>
  new Promise((resolve) => {
    const options = { env, timeout, killSignal: 'SIGKILL', maxBuffer: 256 * 1024 } as const;
    const child = execFile(program, parameters, options, (error, _output, complaint) => {
      const code = error === null ? 0 : error.code;
      resolve({
        status: typeof code === 'number' ? code : undefined,
        isMissing: code === 'ENOENT',
        complaint,
      });
    });
    child.stdin?.end();
  });
