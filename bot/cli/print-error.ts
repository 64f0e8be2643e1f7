import { CodedError } from '../../remote/coded-error.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import { AuditError } from '../audit/audit-error.ts';
import { ConfigError, type ConfigProblem } from '../config-error.ts';
import { IntakeError } from '../intake/intake-error.ts';
import { StoreError } from '../store/store-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { FileError } from './file-error.ts';
import { Printer, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { toJsonLine } from './visible-text.ts';

/** Says what stopped the command, on standard error, and with `json` as one document on standard output. Never a stack trace. */
export function printError(error: unknown, json: boolean, terminal: Terminal): ExitCode {
  if (json) terminal.stdout.write(`${toJsonLine({ error: errorDocument(error) })}\n`);
  else printForPeople(error, new Printer(terminal.stderr));
  return exitCodeOf(error);
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof ConfigError) return exitCodes.configuration;
  if (isAboutFile(error)) return exitCodes.fileNotUsable;
  if (isStop(error)) return exitCodes.interrupted;
  if (error instanceof RemoteError) return exitCodes.serverNotUsable;
  if (error instanceof StoreError) return exitCodes.storeNotUsable;
  return exitCodes.internal;
}

/** Ctrl-C: what was asked for has happened, and nothing is left to do. */
const isStop = (error: unknown): error is RemoteError =>
  error instanceof RemoteError && error.code === 'remote.stopped';

const isAboutFile = (error: unknown): boolean =>
  error instanceof FileError || error instanceof AuditError || error instanceof IntakeError;

/** {"code", "message", "doing", "reason", "remedy"} and, by kind, "problems", "outcome", "serverText". */
function errorDocument(error: unknown): Record<string, unknown> {
  if (error instanceof UsageError) return { code: 'cli.usage', message: error.message };
  if (!(error instanceof CodedError)) return { code: 'cli.internal', message: internalMessage(error) };
  const { code, message, doing, reason, remedy } = error;
  const document = { code, message, doing, reason, remedy };
  if (error instanceof ConfigError) return { ...document, file: error.file, problems: error.problems };
  if (error instanceof RemoteError) {
    return {
      ...document,
      outcome: error.outcome,
      ...(error.serverText !== undefined && { serverText: error.serverText }),
    };
  }
  return document;
}

function printForPeople(error: unknown, out: Printer): void {
  if (error instanceof UsageError) {
    out.marked('bad', error.message);
    out.line('  "wsus-bot help" lists the commands.');
  } else if (isStop(error)) {
    const { doing } = error;
    out.marked(
      'warning',
      `${doing.charAt(0).toUpperCase()}${doing.slice(1)} was stopped. Nothing was changed.`,
    );
  } else if (error instanceof CodedError) {
    out.marked('bad', `${error.message} (${error.code})`);
    if (error instanceof ConfigError)
      for (const problem of error.problems) out.line(`  ${problemLine(error.file, problem)}`);
    if (error instanceof RemoteError && error.serverText !== undefined)
      out.line(`  Answer: ${error.serverText}`);
    out.line(`  Next: ${error.remedy}`);
  } else {
    out.marked('bad', internalMessage(error));
  }
}

/** "wsus-bot.yaml:3:7: …", the form that editors and terminals turn into a link. What concerns the environment has no place. */
function problemLine(file: string, problem: ConfigProblem): string {
  if (problem.line === undefined) return problem.text;
  return `${file}:${problem.line}:${problem.column ?? 1}: ${problem.text}`;
}

function internalMessage(error: unknown): string {
  return `the program has a defect here: ${error instanceof Error ? `${error.name}: ${error.message}` : 'no details'}`;
}
