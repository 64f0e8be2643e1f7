import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { type DiagnoseLogsOptions, LogsDiagnoser } from './diagnose-logs.ts';

export interface DiagnoseBytesOptions extends DiagnoseLogsOptions {
  /** Of the file, for texts about it and because logs have fixed names. Outside text. */
  readonly name?: string;
}

/**
 * Says what a file means: a log in any encoding, or an archive of logs. Reads it as a stream, in memory that does not grow with the file.
 * Throws an IntakeError for what is no log, the signal's reason, and whatever the bytes' source throws.
 */
export async function diagnoseBytes(
  bytes: AsyncIterable<Uint8Array>,
  { name = 'the file', ...options }: DiagnoseBytesOptions = {},
): Promise<Diagnosis> {
  const logs = new LogsDiagnoser(options);
  await logs.addFile(name, bytes);
  return logs.finish();
}
