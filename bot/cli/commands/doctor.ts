import { connectWsusServer } from '../../../remote/connect-wsus-server.ts';
import { Turnstile } from '../../../remote/turnstile.ts';
import { wayOf } from '../../../remote/way.ts';
import { type Config, loadConfig, type ServerConfig } from '../../config.ts';
import { createDirectory } from '../../directory/create-directory.ts';
import { missingForServe } from '../../missing-for-serve.ts';
import { policyWarnings } from '../../policy-warnings.ts';
import { readsAtOnce } from '../../reads-at-once.ts';
import type { RunCommand } from '../command.ts';
import { auditWarnings } from '../doctor/audit-warnings.ts';
import { deepCheck } from '../doctor/deep/deep-check.ts';
import { type DirectoryStep, directoryStep } from '../doctor/directory-step.ts';
import { printServer, type ServerExamination } from '../doctor/print-server.ts';
import {
  type RegistrationStep,
  registrationStep,
  registrationWarnings,
} from '../doctor/registration-step.ts';
import { examineServer } from '../doctor/server-steps.ts';
import { examineStore, type StoreExamination } from '../doctor/store-step.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { findServer } from '../find-server.ts';
import { interruptible } from '../interruptible.ts';
import { Printer, type Terminal } from '../terminal.ts';
import { toJsonLine } from '../visible-text.ts';

export const run: RunCommand = async ({ words: [name], config: path, deep, json }, terminal) => {
  const config = loadConfig(path, terminal.env);
  const chosen = name === undefined ? config.servers : [findServer(name, config)];
  const found = await examineConfig(path, config, terminal.env);
  const print = new Printer(terminal.stdout);
  if (!json) printConfig(print, config, found, name !== undefined);

  // Many at once, shown in the order of the inventory.
  const turnstiles = {
    winrm: new Turnstile(readsAtOnce.winrm),
    'local-powershell': new Turnstile(readsAtOnce['local-powershell']),
  };
  const [only, ...more] = chosen;
  const what = only === undefined || more.length > 0 ? `${chosen.length} servers` : only.name;
  const servers = await interruptible(`reading ${what}`, async (signal) => {
    const examinations = chosen.map((server) =>
      turnstiles[server.transport ?? 'winrm'].run(() => examine(server, deep, signal)),
    );
    const shown = json ? examinations : printedInTurn(examinations, print);
    // Where one was stopped, the others have to let go of their servers too.
    await Promise.allSettled([...examinations, ...shown]);
    return Promise.all(shown);
  });
  // Asked for one server, it answers for that one: a test server needs no Teams.
  const ready = name !== undefined || isReady(found);
  const ok = ready && servers.every((server) => server.ok);
  const { store, ...rest } = found;
  if (json)
    terminal.stdout.write(`${toJsonLine({ ok, config: { ...rest, storeWritable: store.ok }, servers })}\n`);
  return exitCode(ready, ok, servers);
};

/** Throws, with nothing of it open any more, when the signal was aborted. */
async function examine(server: ServerConfig, deep: boolean, signal: AbortSignal): Promise<ServerExamination> {
  const steps = await examineServer(server, {
    connect: connectWsusServer,
    networkTimeout: 5_000,
    reportDeadline: 60_000,
    signal,
  });
  const ok = steps.every((step) => step.ok);
  const way = wayOf(server.endpoint);
  return {
    name: server.name,
    way,
    ok,
    steps,
    ...(deep && ok ? { deep: await deepCheck(server, signal) } : {}),
  };
}

function exitCode(ready: boolean, ok: boolean, servers: readonly ServerExamination[]): ExitCode {
  if (!ready) return exitCodes.configuration;
  if (!ok) return exitCodes.serverNotUsable;
  const differs = servers.some(({ deep = [] }) => deep.some(({ outcome }) => outcome === 'differs'));
  return differs ? exitCodes.problemFound : exitCodes.fine;
}

interface ConfigExamination {
  readonly file: string;
  /** What `serve` still needs. */
  readonly missing: readonly string[];
  readonly store: StoreExamination;
  /** Null where the bot speaks with nobody, or has nothing to sign in with. */
  readonly registration: RegistrationStep | null;
  /** What the policies make impossible, what is wrong with the audit, and a certificate that runs out. */
  readonly warnings: readonly string[];
  /** Null where no policy names a group. */
  readonly directory: DirectoryStep | null;
}

async function examineConfig(file: string, config: Config, env: Terminal['env']): Promise<ConfigExamination> {
  const now = () => new Date();
  const store = await examineStore(config.store);
  return {
    file,
    missing: missingForServe(config),
    store,
    registration: (await registrationStep(config, { now, env })) ?? null,
    warnings: [
      ...policyWarnings(config),
      ...registrationWarnings(config, now()),
      ...(store.ok ? await auditWarnings(config, now()) : []),
    ],
    directory: (await directoryStep(config, createDirectory(config, now, env))) ?? null,
  };
}

const isReady = ({ missing, store, registration, directory }: ConfigExamination): boolean =>
  missing.length === 0 && store.ok && registration?.ok !== false && directory?.ok !== false;

/** @param isAside only one server was asked for: what `serve` lacks has no say, so it is not shown as if it had */
function printConfig(
  print: Printer,
  config: Config,
  { file, missing, store, registration, warnings, directory }: ConfigExamination,
  isAside: boolean,
): void {
  print.heading('Configuration');
  print.marked('good', `${file} is well formed, ${config.servers.length} in the inventory`, 2);
  if (isAside && missing.length > 0) {
    const things = missing.length === 1 ? 'one thing' : `${missing.length} things`;
    print.marked(
      'skipped',
      `serve, which is for Teams, needs ${things} more: doctor without a name says what`,
      2,
    );
  } else {
    for (const text of missing) print.marked('bad', `serve needs ${text}`, 2);
  }
  if (missing.length === 0) print.marked('good', 'tenant, app id and credentials are there', 2);
  if (registration !== null) {
    print.marked(registration.ok ? 'good' : 'bad', registration.text, 2);
    if (registration.remedy !== undefined) print.line(`    Next: ${registration.remedy}`);
  }
  print.marked(store.ok ? 'good' : 'bad', store.text, 2);
  if (directory !== null) print.marked(directory.ok ? 'good' : 'bad', directory.text, 2);
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
