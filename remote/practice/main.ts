import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cbtHardenings, type FrontTls } from './front/front-tls.ts';
import { engineKinds, practiceUser } from './practice-server.ts';
import { practiceServers, practiceStates } from './practice-servers.ts';
import { startPracticeServers } from './start-practice-servers.ts';

const usage = `usage: node remote/practice/main.ts [--state ${practiceStates.join('|')}] [--port N] [--restart-milliseconds N] [--engine simulated|powershell [--agentless]] [--certificate FILE --key FILE [--cbt-hardening ${cbtHardenings.join('|')}] [--basic] [--client-certificate FILE]]`;

/**
 * Practice servers in a process of their own, so that a bot beside them can be stopped and started. Prints one JSON line when they
 * listen: {"servers":[{"name","state","webConfig","log","winrm","stats","target"}]}. The password in `target` is made for this run.
 * With a certificate for localhost and its key, both PEM, they listen for HTTPS; a client certificate signs in as the account of the target.
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
      certificate: { type: 'string' },
      key: { type: 'string' },
      'cbt-hardening': { type: 'string', default: 'Relaxed' },
      basic: { type: 'boolean', default: false },
      'client-certificate': { type: 'string' },
    },
  });
  const tls = tlsOf(values);
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
    ...(tls === undefined ? {} : { tls }),
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

interface TlsValues {
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
  readonly 'cbt-hardening': string;
  readonly basic: boolean;
  readonly 'client-certificate'?: string | undefined;
}

function tlsOf(values: TlsValues): FrontTls | undefined {
  if (values.certificate === undefined && values.key === undefined) return undefined;
  if (values.certificate === undefined || values.key === undefined)
    throw new Error('reading --certificate and --key: HTTPS needs both');
  const cbtHardening = cbtHardenings.find((level) => level === values['cbt-hardening']);
  if (cbtHardening === undefined)
    throw new Error(`reading --cbt-hardening: there is no level ${values['cbt-hardening']}`);
  const client = values['client-certificate'];
  return {
    certificate: readFileSync(values.certificate, 'utf8'),
    key: readFileSync(values.key, 'utf8'),
    cbtHardening,
    basic: values.basic,
    clientCertificates:
      client === undefined ? [] : [{ certificate: readFileSync(client, 'utf8'), user: practiceUser }],
  };
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
