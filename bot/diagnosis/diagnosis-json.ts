import type { Advice, Ask, Cap, Diagnosis, Finding } from './diagnosis.ts';
import type { LogTime, TimeZoneKnown } from './faults/fault.ts';
import type { Confidence, SignatureId, Variant } from './signature.ts';

interface FindingJson {
  readonly signature: SignatureId;
  readonly variant: Variant | null;
  readonly confidence: Confidence;
  readonly advice: Advice;
  readonly evidence: readonly { readonly line: number; readonly text: string; readonly source: string }[];
  readonly evidenceLines: number;
  /** The first one named; null when none is. */
  readonly server: string | null;
  readonly servers: readonly string[];
  readonly clients: number;
  /** ISO 8601; without a zone when nobody knows it. */
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly zone: TimeZoneKnown | null;
  readonly count: number;
  readonly perHour?: readonly { readonly hour: string; readonly count: number }[];
  readonly recoveredAt: string | null;
  readonly comesAndGoes: boolean;
  readonly restartedAt: string | null;
  readonly worksOn: readonly string[];
  readonly isExample: boolean;
  readonly capped: readonly Cap[];
}

/** The document of `wsus-bot diagnose --json`; docs/diagnosis.schema.json describes it. */
export interface DiagnosisJson {
  readonly verdict: SignatureId;
  readonly mayPropose: boolean;
  readonly isExample: boolean;
  readonly quotesGeneralPage: boolean;
  readonly hresults: readonly string[];
  readonly findings: readonly FindingJson[];
  readonly askFor: readonly Ask[];
  readonly lines: number;
  readonly bytes: number;
  readonly truncated: boolean;
}

const iso = (time: LogTime | null): string | null => time?.iso ?? null;

function findingToJson(finding: Finding): FindingJson {
  const { servers, firstSeen, lastSeen, perHour } = finding;
  return {
    signature: finding.signature,
    variant: finding.variant,
    confidence: finding.confidence,
    advice: finding.advice,
    evidence: finding.evidence.map(({ line, text, source }) => ({ line, text, source })),
    evidenceLines: finding.evidenceLines,
    server: servers[0]?.host ?? null,
    servers: servers.map(({ host }) => host),
    clients: finding.clients,
    firstSeen: iso(firstSeen),
    lastSeen: iso(lastSeen),
    zone: firstSeen?.zone ?? null,
    count: finding.count,
    ...(perHour === undefined
      ? {}
      : { perHour: perHour.map(({ hour, count }) => ({ hour: hour.iso, count })) }),
    recoveredAt: iso(finding.recoveredAt),
    comesAndGoes: finding.comesAndGoes,
    restartedAt: iso(finding.restartedAt),
    worksOn: finding.worksOn,
    isExample: finding.isExample,
    capped: finding.capped,
  };
}

/** @returns the shape that other programs read; its names stay. */
export function diagnosisToJson(diagnosis: Diagnosis): DiagnosisJson {
  return { ...diagnosis, findings: diagnosis.findings.map(findingToJson) };
}
