import { connectWsusServer } from '../../../remote/connect-wsus-server.ts';
import { wayOf } from '../../../remote/way.ts';
import { type Config, loadConfig, type ServerConfig } from '../../config.ts';
import { missingForServe } from '../../missing-for-serve.ts';
import { policyWarnings } from '../../policy-warnings.ts';
import type { RunCommand } from '../command.ts';
import { deepCheck } from '../doctor/deep/deep-check.ts';
import { printServer, type ServerExamination } from '../doctor/print-server.ts';
import { examineServer } from '../doctor/server-steps.ts';
import { examineStore, type StoreExamination } from '../doctor/store-step.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { findServer } from '../find-server.ts';
import { Printer } from '../terminal.ts';
import { toJsonLine } from '../visible-text.ts';

export const run: RunCommand = async ({ words: [name], config: path, deep, json }, terminal) => {
  const config = loadConfig(path, terminal.env);
  const chosen = name === undefined ? config.servers : [findServer(name, config)];
  const missing = missingForServe(config);
  const store = await examineStore(config.store);
  const warnings = policyWarnings(config.servers);
  const print = new Printer(terminal.stdout);
  if (!json) printConfig(print, path, config, missing, store, warnings);

  // All begin at once; they are shown in the order of the inventory.
  const examinations = chosen.map((server) => examine(server, deep));
  const servers = await Promise.all(json ? examinations : printedInTurn(examinations, print));
  // Asked for one server, it answers for that one: a test server needs no Teams.
  const ready = name !== undefined || (missing.length === 0 && store.ok);
  const ok = ready && servers.every((server) => server.ok);
  if (json)
    terminal.stdout.write(
      `${toJsonLine({ ok, config: { file: path, missing, storeWritable: store.ok, warnings }, servers })}\n`,
    );
  return exitCode(ready, ok, servers);
};

async function examine(server: ServerConfig, deep: boolean): Promise<ServerExamination> {
  const steps = await examineServer(server, {
    connect: connectWsusServer,
    networkTimeout: 5_000,
    reportDeadline: 60_000,
  });
  const ok = steps.every((step) => step.ok);
  const way = wayOf(server.endpoint);
  return { name: server.name, way, ok, steps, ...(deep && ok ? { deep: await deepCheck(server) } : {}) };
}

function exitCode(ready: boolean, ok: boolean, servers: readonly ServerExamination[]): ExitCode {
  if (!ready) return exitCodes.configuration;
  if (!ok) return exitCodes.serverNotUsable;
  const differs = servers.some(({ deep = [] }) => deep.some(({ outcome }) => outcome === 'differs'));
  return differs ? exitCodes.problemFound : exitCodes.fine;
}

function printConfig(
  print: Printer,
  path: string,
  config: Config,
  missing: readonly string[],
  store: StoreExamination,
  warnings: readonly string[],
): void {
  print.heading('Configuration');
  print.marked('good', `${path} is well formed, ${config.servers.length} in the inventory`, 2);
  for (const text of missing) print.marked('bad', `serve needs ${text}`, 2);
  if (missing.length === 0) print.marked('good', 'tenant, app id and credentials are there', 2);
  print.marked(store.ok ? 'good' : 'bad', store.text, 2);
  for (const text of warnings) print.marked('warning', text, 2);
}

function printedInTurn(
  examinations: readonly Promise<ServerExamination>[],
  print: Printer,
): readonly Promise<ServerExamination>[] {
  let before: Promise<unknown> = Promise.resolve();
  return examinations.map((examination) => {
    const printed = before.then(async () => {
      const result = await examination;
      printServer(print, result);
      return result;
    });
    before = printed;
    return printed;
  });
}
