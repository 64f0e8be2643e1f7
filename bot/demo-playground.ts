import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { playgroundFile, playgroundFileName } from './demo-chats.ts';

/** The port the playground takes when it is free. */
const usualPort = 56_150;

export interface Playground {
  readonly address: string;
  stop(): void;
}

/**
 * Starts Microsoft 365 Agents Playground as a process of its own, with its telemetry off, and waits until it answers. What it keeps
 * is in `folder`.
 */
export const startPlayground = async (endpoint: string, folder: string): Promise<Playground> => {
  writeFileSync(join(folder, playgroundFileName), playgroundFile());
  const port = (await isFree(usualPort)) ? usualPort : await anyFreePort();
  const cli = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
  const child = spawn(
    process.execPath,
    [cli, '-e', endpoint, '-c', 'msteams', '-p', String(port), '--disable-telemetry'],
    { stdio: 'ignore', cwd: folder },
  );
  const address = `http://localhost:${port}`;
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`starting the playground: it ended with code ${code}`)));
  });
  await Promise.race([answers(address), ended]);
  ended.catch(() => undefined);
  return { address, stop: () => child.kill() };
};

const answers = async (address: string): Promise<void> => {
  for (;;) {
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });

const anyFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('finding a free port')),
      );
    });
  });
