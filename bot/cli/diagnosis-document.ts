import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { LineOrigins } from './line-origins.ts';

/**
 * The document of `diagnose --json`. Lines count in their own file, which is named when there are several; `server` is the first
 * that was named, or null. Times are as the log has them, with what is known about their zone.
 */
export function diagnosisDocument(diagnosis: Diagnosis, origins: LineOrigins): Record<string, unknown> {
  return {
    ...diagnosis,
    findings: diagnosis.findings.map((finding) => ({
      ...finding,
      server: finding.servers[0]?.host ?? null,
      evidence: finding.evidence.map((evidence) => {
        const { file, line } = origins.originOf(evidence.line);
        return { ...evidence, line, ...(origins.severalFiles && { file }) };
      }),
    })),
  };
}
