import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { freePort } from './free-port.ts';
import { type Program, startProgram } from './started-program.ts';
import { median } from './statistics.ts';
import { megabytes, milliseconds, ratio, table } from './table.ts';

const rounds = 7;

/** Start-to-ready and idle memory of `wsus-bot serve` and of the echo bot, by turns. */
export const benchStart = async (): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-bench-'));
  try {
    const echo: Measured = { ready: [], rss: [] };
    const ours: Measured = { ready: [], rss: [] };
    for (let round = 0; round < rounds; round++) {
      await measure(echo, await echoBot());
      await measure(ours, await wsusBot(folder));
    }
    const row = (name: string, pick: (measured: Measured) => number[], show: (value: number) => string) => {
      const [a, b] = [median(pick(ours)), median(pick(echo))];
      return [name, show(a), show(b), ratio(a, b)];
    };
    return table(
      [`median of ${rounds}`, 'WSUS Bot', 'echo bot', 'ratio'],
      [
        row('start to ready', ({ ready }) => ready, milliseconds),
        row('idle memory (RSS after GC)', ({ rss }) => rss, megabytes),
      ],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Measured {
  readonly ready: number[];
  readonly rss: number[];
}

const measure = async (measured: Measured, program: Program): Promise<void> => {
  const started = await startProgram(program);
  measured.ready.push(started.readyAfter);
  measured.rss.push(await started.memory());
  await started.stop();
};

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const echoBot = async (): Promise<Program> => {
  const port = await freePort();
  return { args: [pathOf('./echo-bot.ts'), String(port)], env: {}, port };
};

/** The real command with a whole configuration; nobody signs in anywhere while it only starts. */
const wsusBot = async (folder: string): Promise<Program> => {
  const port = await freePort();
  const config = join(folder, 'wsus-bot.yaml');
  writeFileSync(config, yamlFor(port));
  return {
    args: [pathOf('../../bot/start.mjs'), 'serve', '--config', config],
    env: { WSUS_BOT_PASSWORD: 'not used', WSUS_BOT_APP_PASSWORD: 'not used' },
    port,
  };
};

const yamlFor = (port: number): string => `
tenant: 11111111-1111-4111-8111-111111111111
bot:
  appId: 22222222-2222-4222-8222-222222222222
  listen: { host: 127.0.0.1, port: ${port} }
account: { domain: CONTOSO, user: svc-wsusbot }
servers:
  - { name: wsus01, host: wsus01.contoso.example }
  - { name: wsus02, host: wsus02.contoso.example }
  - { name: wsus03, host: wsus03.contoso.example }
approvers:
  - { id: 33333333-3333-4333-8333-333333333333, name: Ada Novak }
`;
