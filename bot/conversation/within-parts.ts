import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { LogPart } from '../intake/diagnose-logs.ts';

/** A diagnosis of several logs that were read as one text, its evidence numbered as in the log that each line stands in. */
export const withinParts = (diagnosis: Diagnosis, parts: readonly LogPart[]): Diagnosis => {
  if (parts.length < 2) return diagnosis;
  const firstLineOf = (line: number): number =>
    parts.findLast(({ firstLine, lines }) => lines > 0 && firstLine <= line)?.firstLine ?? 1;
  return {
    ...diagnosis,
    findings: diagnosis.findings.map((finding) => ({
      ...finding,
      evidence: finding.evidence.map((line) => ({ ...line, line: line.line - firstLineOf(line.line) + 1 })),
    })),
  };
};
