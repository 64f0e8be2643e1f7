import { connectWsusServer } from '../../../remote/connect-wsus-server.ts';
import type { Report } from '../../../remote/contract.ts';
import { type WaySeen, waySeen } from '../../../remote/way-seen.ts';
import { loadConfig, type ServerConfig } from '../../config.ts';
import { interruptionOf } from '../../diagnosis/interruption.ts';
import { rootCauseOf } from '../../diagnosis/root-cause.ts';
import { judge } from '../../diagnosis/verdict.ts';
import { serverTarget } from '../../server-target.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { findServer } from '../find-server.ts';
import { interruptible } from '../interruptible.ts';
import { interruptionLines, moduleAdvice, rootCauseLines, wayLine } from '../report-notes.ts';
import { Printer } from '../terminal.ts';
import { type VerdictText, verdictText } from '../verdict-text.ts';
import { toJsonLine } from '../visible-text.ts';

export const run: RunCommand = async ({ words, config: path, json }, terminal) => {
  const config = loadConfig(path, terminal.env);
  const server = findServer(words[0] ?? '', config);
  const report = await interruptible(`reading ${server.name}`, (signal) => readReport(server, signal));
  const verdict = judge(report);
  const rootCause = rootCauseOf(report, verdict);
  const interruption = interruptionOf(report);
  const way = waySeen(server.endpoint, report);
  const judged = verdictText(verdict, server.name, report.file.ok ? report.file.path : undefined);
  const limit = 'limit' in verdict ? (verdict.limit?.current ?? 0) : 0;
  const text = {
    ...judged,
    evidence: [
      ...judged.evidence,
      ...(rootCause === null ? [] : rootCauseLines(rootCause, limit)),
      ...(interruption === null ? [] : interruptionLines(interruption)),
    ],
  };
  if (json) {
    const { state, heading, evidence, next } = text;
    const document = {
      server: server.name,
      host: server.host,
      readAt: report.readAt,
      verdict,
      state,
      heading,
      evidence,
      next,
      way: {
        ...way,
        ...(report.module.ok ? { version: report.module.version, sha256: report.module.sha256 } : {}),
      },
      rootCause,
      interruption,
    };
    terminal.stdout.write(`${toJsonLine(document)}\n`);
  } else {
    printVerdict(new Printer(terminal.stdout), server, text, way);
  }
  return verdict.kind === 'healthy' && interruption === null ? exitCodes.fine : exitCodes.problemFound;
};

async function readReport(server: ServerConfig, signal: AbortSignal): Promise<Report> {
  const session = connectWsusServer(serverTarget(server));
  try {
    return await session.report({ deadline: 60_000, signal });
  } finally {
    // The report is here; a shell that does not close is removed by the server's idle timeout.
    await session.close().catch(() => undefined);
  }
}

function printVerdict(
  print: Printer,
  server: ServerConfig,
  { mark, state, heading, evidence, next }: VerdictText,
  way: WaySeen,
): void {
  const advice = moduleAdvice(way);
  print.marked(mark, `${state} · ${server.name}`);
  print.heading(heading);
  for (const line of evidence) print.line(`  ${line}`);
  if (advice !== undefined) print.marked('warning', advice);
  print.line(`Next: ${next}`);
  print.line(wayLine(way));
}
