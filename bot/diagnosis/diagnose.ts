import type { Diagnosis } from './diagnosis.ts';
import type { SourceLog } from './fault.ts';

export interface DiagnoseOptions {
  /** The log the text is known to come from, when its lines do not tell. */
  readonly source?: SourceLog;
}
export declare function diagnose(text: string, options?: DiagnoseOptions): Diagnosis;
/** Lines with their numbers in a longer log, as a report carries them. */
export declare function diagnoseLines(
  lines: readonly { readonly line: number; readonly text: string }[],
  options?: DiagnoseOptions,
): Diagnosis;
