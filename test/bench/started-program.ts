import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface Program {
  /** Arguments for Node.js: the script and what it is given. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where it answers GET /healthz. */
  readonly port: number;
}

export interface StartedProgram {
  /** From the start of the process to the first answer of GET /healthz, milliseconds. */
  readonly readyAfter: number;
  /** Resident set after a garbage collection, bytes. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

const giveUpAfter = 30_000;
const preload = fileURLToPath(new URL('./memory-on-request.ts', import.meta.url));

/** Starts a Node.js program in a process of its own and waits until it answers. */
export const startProgram = async ({ args, env, port }: Program): Promise<StartedProgram> => {
  const from = performance.now();
  const child = spawn(process.execPath, ['--expose-gc', '--import', preload, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`starting ${args[0]}: it ended with ${child.exitCode}`);
    if (performance.now() - from > giveUpAfter) throw new Error(`starting ${args[0]}: no answer in time`);
    await pause(5);
  }
  const readyAfter = performance.now() - from;
  return { readyAfter, memory: () => memoryOf(child), stop: () => stop(child) };
};

const memoryOf = async (child: ChildProcess): Promise<number> => {
  const answered = once(child, 'message') as Promise<[{ rss: number }]>;
  child.send('memory');
  const [{ rss }] = await answered;
  return rss;
};

const stop = async (child: ChildProcess): Promise<void> => {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const asking = request({ host: '127.0.0.1', port, path: '/healthz', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asking.on('error', () => resolve(false));
    asking.end();
  });
