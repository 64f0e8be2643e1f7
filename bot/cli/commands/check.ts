import { connectWsusServer } from '../../../remote/connect-wsus-server.ts';
import type { Report } from '../../../remote/contract.ts';
import { loadConfig, type ServerConfig } from '../../config.ts';
import { judge } from '../../diagnosis/verdict.ts';
import { serverTarget } from '../../server-target.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { findServer } from '../find-server.ts';
import { Printer } from '../terminal.ts';
import { type VerdictText, verdictText } from '../verdict-text.ts';
import { toJsonLine } from '../visible-text.ts';

export const run: RunCommand = async ({ words, config: path, json }, terminal) => {
  const config = loadConfig(path, terminal.env);
  const server = findServer(words[0] ?? '', config);
  const report = await readReport(server);
  const verdict = judge(report);
  const text = verdictText(verdict, server.name, report.file.ok ? report.file.path : undefined);
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
    };
    terminal.stdout.write(`${toJsonLine(document)}\n`);
  } else {
    printVerdict(new Printer(terminal.stdout), server, text);
  }
  return verdict.kind === 'healthy' ? exitCodes.fine : exitCodes.problemFound;
};

async function readReport(server: ServerConfig): Promise<Report> {
  const session = connectWsusServer(serverTarget(server));
  try {
    return await session.report({ deadline: 60_000 });
  } finally {
    // The report is here; a shell that does not close is removed by the server's idle timeout.
    await session.close().catch(() => undefined);
  }
}

function printVerdict(
  print: Printer,
  server: ServerConfig,
  { mark, state, heading, evidence, next }: VerdictText,
): void {
  print.marked(mark, `${state} · ${server.name}`);
  print.heading(heading);
  for (const line of evidence) print.line(`  ${line}`);
  print.line(`Next: ${next}`);
}
