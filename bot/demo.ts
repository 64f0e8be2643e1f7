import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPowershell, powershellMissing } from '../remote/practice/powershell/find-powershell.ts';
import { type StartOptions, startPracticeServers } from '../remote/practice/start-practice-servers.ts';
import { demoConfig, demoPeople, demoTenantId } from './demo-config.ts';
import { startPlayground } from './demo-playground.ts';
import { createLog } from './log.ts';
import { startBot } from './start-bot.ts';

/** How long a practice IISReset takes: long enough that a person sees the steps. */
const restartMilliseconds = 3_000;

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      json: { type: 'boolean', default: false },
      'no-playground': { type: 'boolean', default: false },
      engine: { type: 'string', default: 'simulated' },
      agentless: { type: 'boolean', default: false },
    },
  });
  const engine = engineOptions(values.engine, values.agentless);
  if (typeof engine === 'string') {
    process.stderr.write(`${engine}\n`);
    process.exitCode = 2;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-demo-'));
  const practice = await startPracticeServers({ ...engine, restartMilliseconds, root: folder });
  const bot = await startBot({
    config: demoConfig(practice.servers, folder, Number(values.port ?? 3978)),
    // Nobody signs in to a demo, so it hears and answers this machine only.
    trust: { tenantId: demoTenantId, loopbackOnly: true },
    credentials: undefined,
    log: createLog('warn'),
    cardRest: 600,
  });
  const endpoint = `http://127.0.0.1:${bot.port}/api/messages`;
  const playground = values['no-playground'] ? undefined : await startPlayground(endpoint, folder);
  const servers = practice.servers.map(({ name, state, webConfig, winrm, statsUrl }) => ({
    name,
    state,
    webConfig,
    winrm,
    stats: statsUrl,
  }));
  if (values.json) {
    const ready = { ready: true, endpoint, tenantId: demoTenantId, ...demoPeople, servers };
    process.stdout.write(
      `${JSON.stringify(playground === undefined ? ready : { ...ready, chat: playground.address })}\n`,
    );
  } else {
    const by =
      values.engine === 'simulated'
        ? ''
        : `, each with a PowerShell of its own (${values.agentless ? 'agentless' : 'endpoint WsusBot'})`;
    process.stdout.write(welcome(endpoint, playground?.address, servers, by));
  }
  await Promise.race([
    once(process, 'SIGTERM'),
    once(process, 'SIGINT'),
    once(process, 'SIGHUP'),
    npmIsGone(),
  ]);
  playground?.stop();
  await bot.close();
  await practice.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
};

/** What --engine and --agentless ask for, or one sentence that says what to do instead. */
const engineOptions = (engine: string, agentless: boolean): StartOptions | string => {
  if (engine === 'simulated') {
    return agentless
      ? '--agentless needs a real PowerShell on the practice servers: add --engine powershell.'
      : { engine };
  }
  if (engine !== 'powershell') return `--engine is "simulated" or "powershell"; "${engine}" is neither.`;
  if (findPowershell() === undefined) return powershellMissing;
  return { engine, endpoint: agentless ? 'Microsoft.PowerShell' : 'WsusBot' };
};

/** npm ends on SIGTERM without passing it on; the demo must not be left behind. */
const npmIsGone = (): Promise<void> =>
  new Promise((resolve) => {
    if (process.env.npm_lifecycle_event !== 'demo') return;
    const npm = process.ppid;
    const watching = setInterval(() => {
      if (process.ppid === npm) return;
      clearInterval(watching);
      resolve();
    }, 500);
  });

const welcome = (
  endpoint: string,
  chat: string | undefined,
  servers: readonly { name: string; state: string; webConfig: string }[],
  by: string,
): string =>
  [
    '',
    chat === undefined ? `The bot listens at ${endpoint}` : `Open the chat:  ${chat}`,
    '',
    `Practice servers behind the bot${by}:`,
    ...servers.map(({ name, state }) => `  ${name}  ${state}`),
    '',
    'Write "check wsus01" in the chat. Ctrl+C ends everything and leaves nothing behind.',
    '',
    '',
  ].join('\n');

await main();
