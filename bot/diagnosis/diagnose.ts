import { createDiagnoser } from './diagnoser.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { SourceLog } from './faults/fault.ts';
import { clientSystemOf } from './findings/client-system.ts';
import { splitLines } from './records/normalise.ts';
import type { NumberedLine } from './records/records.ts';

export interface DiagnoseOptions {
  /** The log the text is known to come from, when its lines do not tell. */
  readonly source?: SourceLog;
  /** UTF-16 code units that are read, 16 Mi when absent. */
  readonly cap?: number;
}

/** A text as long as a message is read for words about Windows too. */
const messageLength = 32_768;
const defaultCap = 16 * 1024 * 1024;

/**
 * Says what a text means: a paste, a log, small talk. Pure, in time linear in the text; it keeps nothing of it but the lines it answers.
 * It never throws. The edit may be proposed (`mayPropose`) only for InvalidParameters with
 * parameters.InstalledNonLeafUpdateIDs from SyncUpdates of ClientWebService (KB 4096317).
 */
export function diagnose(text: string, options: DiagnoseOptions = {}): Diagnosis {
  const cap = options.cap ?? defaultCap;
  const truncated = text.length > cap;
  const lines = splitLines(truncated ? text.slice(0, cap) : text);
  // The end of the last line begins no further one.
  if (lines.at(-1) === '') lines.pop();
  const system = text.length <= messageLength ? clientSystemOf(lines) : undefined;
  const diagnoser = createDiagnoser({ ...options, system });
  for (const [index, line] of lines.entries()) diagnoser.line({ line: index + 1, text: line });
  return diagnoser.finish({ lines: lines.length, bytes: Buffer.byteLength(text, 'utf8'), truncated });
}

/** Says what single lines of a longer log mean, each with its own number there, as a report carries them. */
export function diagnoseLines(
  lines: readonly NumberedLine[],
  options: Pick<DiagnoseOptions, 'source'> = {},
): Diagnosis {
  const diagnoser = createDiagnoser(options);
  for (const line of lines) diagnoser.line(line);
  const bytes = lines.reduce((sum, { text }) => sum + Buffer.byteLength(text, 'utf8') + 1, 0);
  return diagnoser.finish({ lines: lines.length, bytes, truncated: false });
}
