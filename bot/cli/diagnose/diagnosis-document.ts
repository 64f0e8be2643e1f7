import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { diagnosisToJson } from '../../diagnosis/diagnosis-json.ts';
import type { LineOrigins } from './line-origins.ts';
import type { UnreadFile } from './unread-file.ts';

/** The document of `diagnose --json`. Lines count in their own file, which is named when there are several. */
export function diagnosisDocument(
  diagnosis: Diagnosis,
  origins: LineOrigins,
  unread: readonly UnreadFile[],
): Record<string, unknown> {
  const document = diagnosisToJson(diagnosis);
  return {
    ...document,
    findings: document.findings.map((finding) => ({
      ...finding,
      evidence: finding.evidence.map((evidence) => {
        const { file, line } = origins.originOf(evidence.line);
        return { ...evidence, line, ...(origins.severalFiles && { file }) };
      }),
    })),
    ...(unread.length > 0 && {
      unread: unread.map(({ file, error }) => ({ file, code: error.code, reason: error.reason })),
    }),
  };
}
