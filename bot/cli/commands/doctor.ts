import { connectWsusServer } from '../../../remote/connect-wsus-server.ts';
import { type Config, loadConfig } from '../../config.ts';
import { missingForServe } from '../../missing-for-serve.ts';
import type { RunCommand } from '../command.ts';
import { examineServer, type StepResult, serverSteps } from '../doctor/server-steps.ts';
import { storeIsWritable } from '../doctor/store-step.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { Printer } from '../terminal.ts';
import { toJsonLine } from '../visible-text.ts';

interface ServerExamination {
  readonly name: string;
  readonly ok: boolean;
  readonly steps: readonly StepResult[];
}

export const run: RunCommand = async ({ config: path, json }, terminal) => {
  const config = loadConfig(path, terminal.env);
  const missing = missingForServe(config);
  const storeWritable = storeIsWritable(config.store);
  const print = new Printer(terminal.stdout);
  if (!json) printConfig(print, path, config, missing, storeWritable);

  // All begin at once; they are shown in the order of the inventory.
  const examinations = config.servers.map((server) =>
    examineServer(server, {
      connect: connectWsusServer,
      networkTimeout: 5_000,
      reportDeadline: 60_000,
    }).then((steps): ServerExamination => ({ name: server.name, ok: steps.every(({ ok }) => ok), steps })),
  );
  const servers = await Promise.all(json ? examinations : printedInTurn(examinations, print));
  const ready = missing.length === 0 && storeWritable;
  const ok = ready && servers.every((server) => server.ok);
  if (json)
    terminal.stdout.write(`${toJsonLine({ ok, config: { file: path, missing, storeWritable }, servers })}\n`);
  return exitCode(ready, ok);
};

function exitCode(ready: boolean, ok: boolean): ExitCode {
  if (!ready) return exitCodes.configuration;
  return ok ? exitCodes.fine : exitCodes.serverNotUsable;
}

function printConfig(
  print: Printer,
  path: string,
  config: Config,
  missing: readonly string[],
  storeWritable: boolean,
): void {
  print.heading('Configuration');
  print.marked('good', `${path} is well formed, ${config.servers.length} in the inventory`, 2);
  for (const text of missing) print.marked('bad', `serve needs ${text}`, 2);
  if (missing.length === 0) print.marked('good', 'tenant, app id and credentials are there', 2);
  if (storeWritable) print.marked('good', `the store can be written: ${config.store}`, 2);
  else
    print.marked(
      'bad',
      `the store cannot be written: ${config.store}. Let this user write there, or change "store".`,
      2,
    );
  const readOnly = config.servers.filter(({ approvers }) => approvers.length === 0).map(({ name }) => name);
  if (readOnly.length > 0) {
    print.marked(
      'warning',
      `nobody may approve a change on ${readOnly.join(', ')}; the bot can only read there`,
      2,
    );
  }
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

function printServer(print: Printer, { name, steps }: ServerExamination): void {
  print.line();
  print.heading(name);
  for (const { ok, text, serverText, remedy } of steps) {
    print.marked(ok ? 'good' : 'bad', text, 2);
    if (serverText !== undefined) print.line(`    The server says: ${serverText}`);
    if (remedy !== undefined) print.line(`    Next: ${remedy}`);
  }
  for (const step of serverSteps.slice(steps.length)) {
    print.marked('skipped', `${step}: not tried`, 2);
  }
}
