import { spawnSync } from 'node:child_process';

export interface CommandCost {
  /** Seconds from start to end. */
  readonly wall: number;
  /** Seconds of processor time, of the program and of the kernel for it. */
  readonly cpu: number;
  /** Most memory that was resident at once, bytes. */
  readonly peak: number;
  readonly stdout: string;
}

const gnuTime = '/usr/bin/time';
const report = /^wsus-bot-bench ([\d.]+) ([\d.]+) ([\d.]+) (\d+)$/m;

/** Runs a program to its end under GNU time, which alone knows what a child cost. Throws when it cannot be run; grep may end with 1. */
export const timedCommand = (
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): CommandCost => {
  const { stdout, stderr, error } = spawnSync(
    gnuTime,
    ['-q', '-f', 'wsus-bot-bench %e %U %S %M', '--', ...command],
    { env: { PATH: process.env.PATH ?? '', ...env }, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (error !== undefined) throw new Error(`running ${gnuTime}: ${error.message}`);
  const found = report.exec(stderr);
  if (found === null) throw new Error(`running ${command[0]}: ${stderr}`);
  const [wall = 0, user = 0, system = 0, peak = 0] = found.slice(1).map(Number);
  return { wall, cpu: user + system, peak: peak * 1024, stdout };
};
