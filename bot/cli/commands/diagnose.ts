import { LogsDiagnoser } from '../../intake/diagnose-logs.ts';
import type { RunCommand } from '../command.ts';
import { diagnosisDocument } from '../diagnose/diagnosis-document.ts';
import { LineOrigins } from '../diagnose/line-origins.ts';
import { printDiagnosis } from '../diagnose/print-diagnosis.ts';
import { ProgressLine } from '../diagnose/progress-line.ts';
import { readFiles } from '../diagnose/read-files.ts';
import { totalSize } from '../diagnose/total-size.ts';
import { exitCodes } from '../exit-codes.ts';
import { Printer, type Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { toJsonLine } from '../visible-text.ts';

export const run: RunCommand = async ({ words, json }, terminal) => {
  const { stdin, stdout, stderr } = terminal;
  const files = words.length > 0 ? words : pipedInto(terminal);
  const progress = new ProgressLine({
    stream: stderr,
    total: await totalSize(files),
    now: () => performance.now(),
  });
  // At once: what is read meanwhile is read for nobody.
  const stop = () => {
    progress.end();
    process.exit(exitCodes.interrupted);
  };
  process.once('SIGINT', stop);
  try {
    const logs = new LogsDiagnoser({ onProgress: (read) => progress.show(read) });
    const unread = await readFiles(files, stdin, logs);
    progress.end();
    const [first] = unread;
    if (first !== undefined && logs.parts.length === 0) throw first.error;
    const origins = new LineOrigins(logs.parts);
    const diagnosis = logs.finish();
    if (json) stdout.write(`${toJsonLine(diagnosisDocument(diagnosis, origins, unread))}\n`);
    else printDiagnosis(new Printer(stdout), diagnosis, origins);
    const complaints = new Printer(stderr);
    for (const { error } of unread) complaints.marked('warning', `${error.message} (${error.code})`);
    return unread.length > 0 ? exitCodes.fileNotUsable : exitCodes.fine;
  } finally {
    process.off('SIGINT', stop);
  }
};

/** No word at all means standard input, unless a person sits there. */
function pipedInto({ stdin }: Terminal): readonly string[] {
  if ('isTTY' in stdin && stdin.isTTY === true)
    throw new UsageError('diagnose expects files, folders, or a log on standard input; none given');
  return ['-'];
}
