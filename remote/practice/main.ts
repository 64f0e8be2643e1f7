import { parseArgs } from 'node:util';
import { engineKinds } from './practice-server.ts';
import { practiceServers, practiceStates } from './practice-servers.ts';
import { startPracticeServers } from './start-practice-servers.ts';

const usage = `usage: node remote/practice/main.ts [--state ${practiceStates.join('|')}] [--port N] [--restart-milliseconds N] [--engine simulated|powershell [--agentless]]`;

/**
 * Practice servers in a process of their own, so that a bot beside them can be stopped and started. Prints one JSON line when they
 * listen: {"servers":[{"name","state","webConfig","log","winrm","stats","target"}]}. The password in `target` is made for this run.
 */
async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      state: { type: 'string' },
      port: { type: 'string' },
      'restart-milliseconds': { type: 'string' },
      engine: { type: 'string', default: 'simulated' },
      agentless: { type: 'boolean', default: false },
    },
  });
  const specs = practiceServers.filter(({ state }) => values.state === undefined || state === values.state);
  const port = numberOf(values.port);
  const restartMilliseconds = numberOf(values['restart-milliseconds']);
  const engine = engineKinds.find((kind) => kind === values.engine);
  if (engine === undefined) throw new Error(`reading --engine: there is no engine ${values.engine}`);
  if (specs.length === 0) throw new Error(`reading --state: there is no state ${values.state}`);
  const practice = await startPracticeServers({
    specs,
    engine,
    endpoint: values.agentless ? 'Microsoft.PowerShell' : 'WsusBot',
    ...(port === undefined ? {} : { port }),
    ...(restartMilliseconds === undefined ? {} : { restartMilliseconds }),
  });
  const servers = practice.servers.map(({ name, state, webConfig, folder, winrm, statsUrl, target }) => ({
    name,
    state,
    webConfig,
    log: folder.log,
    winrm,
    stats: statsUrl,
    target,
  }));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void practice.close());
  process.stdout.write(`${JSON.stringify({ servers })}\n`);
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text)) throw new Error(`reading a number: "${text}" is none`);
  return value;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
  process.exitCode = 2;
}
