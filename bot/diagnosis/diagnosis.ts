import type { FaultLine, LogTime } from './fault.ts';
import type { Confidence, SignatureId } from './signature.ts';

/** A server that faults name, the placeholder of Microsoft's article left out. Outside text. */
export interface NamedServer {
  /** Lower case, without port. */
  readonly host: string;
  readonly url: string;
}

export interface HourCount {
  /** Start of the hour, in the zone of the finding's times. */
  readonly hour: LogTime;
  readonly count: number;
}

/** A signature that matched, with its evidence. Look its words up with `signatureById`. */
export interface Finding {
  readonly signature: SignatureId;
  readonly confidence: Confidence;
  /** Lines as written, the most telling first, at most 20. */
  readonly evidence: readonly FaultLine[];
  /** How many lines there were. */
  readonly evidenceLines: number;
  readonly servers: readonly NamedServer[];
  /** How many different ones were named; 0 when the text names none. */
  readonly clients: number;
  readonly clientIds: readonly string[];
  readonly firstSeen: LogTime | null;
  readonly lastSeen: LogTime | null;
  /** Faults, the same ID counted once. */
  readonly count: number;
  /** Oldest first, hours without a fault included; only when the times span more than one hour (and at most 240). */
  readonly perHour?: readonly HourCount[];
  /** Only the article's own placeholders: proves nothing about a server. */
  readonly isExample: boolean;
}

/** Text to send before the cause can be named. All fields are ours. */
export interface Ask {
  readonly id: 'server-log' | 'client-log' | 'whole-line';
  readonly where: 'server' | 'client';
  readonly file: 'SoftwareDistribution.log' | 'WindowsUpdate.log';
  readonly what: string;
  /** PowerShell, one element a line. */
  readonly command: readonly string[];
}

/** What a text means. */
export interface Diagnosis {
  readonly verdict: SignatureId;
  /** The edit of maxInstalledPrerequisites may follow, once the server was checked. */
  readonly mayPropose: boolean;
  /** The verdict rests on nothing but Microsoft's own example. */
  readonly isExample: boolean;
  /** Upper-case hex without 0x, in order of weight. */
  readonly hresults: readonly string[];
  /** The one that explains the others first. Empty for no-fault. */
  readonly findings: readonly Finding[];
  readonly askFor: readonly Ask[];
  readonly lines: number;
  /** UTF-8 bytes of the whole text. */
  readonly bytes: number;
  /** The text was longer than the cap; only its beginning was read. */
  readonly truncated: boolean;
}
