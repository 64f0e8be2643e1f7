import type { FaultLine, LogTime } from './faults/fault.ts';
import type { Confidence, SignatureId, Variant } from './signature.ts';

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

/** Whom a fault meets, as far as the text tells: the advice differs. `one-client`: one is named, again and again. */
export type Advice = 'one-client' | 'many-clients' | 'unknown';

/** What a finding stopped counting, because a text named more of them than are kept. */
export type Cap = 'clients' | 'servers' | 'hours';

/** What a fault's own words are, by which the known ones are told apart. Outside text. */
export interface FaultDetail {
  readonly errorCode: string;
  readonly message: string | null;
  readonly method: string | null;
}

/** A signature that matched, with its evidence. Its words, with all that differs by these fields, come from `explain`. */
export interface Finding {
  readonly signature: SignatureId;
  /** Tells findings of one signature apart where the answer differs; null where it does not. */
  readonly variant: Variant | null;
  readonly confidence: Confidence;
  readonly advice: Advice;
  /** Of the first fault that has one. */
  readonly detail: FaultDetail | null;
  /** Lines as written, secrets masked, the most telling first, at most 20. */
  readonly evidence: readonly FaultLine[];
  /** How many lines there were. */
  readonly evidenceLines: number;
  readonly servers: readonly NamedServer[];
  /** How many different ones were named; 0 when the text names none. At least so many when `capped` has 'clients'. */
  readonly clients: number;
  /** At most 1000. */
  readonly clientIds: readonly string[];
  readonly firstSeen: LogTime | null;
  readonly lastSeen: LogTime | null;
  /** Faults, the same ID counted once. */
  readonly count: number;
  /** Oldest first, hours without a fault included; only when the times span more than one hour. The last 240 when `capped` has 'hours'. */
  readonly perHour?: readonly HourCount[];
  /** When a scan against the same server ended well after the last fault; null when none did. */
  readonly recoveredAt: LogTime | null;
  /** It failed, worked and failed again: one of several servers behind these clients may be the one that fails. */
  readonly comesAndGoes: boolean;
  /** When the web service began to run again after the last fault, by the server's log. It proves a restart, not a cure. */
  readonly restartedAt: LogTime | null;
  /** Other servers against which a scan ended well after the fault: one of several points is not changed yet. Outside text. */
  readonly worksOn: readonly string[];
  /** Only the article's own placeholders: proves nothing about a server. */
  readonly isExample: boolean;
  /** What was too much to count. Empty nearly always. */
  readonly capped: readonly Cap[];
}

/** Text to send before the cause can be named. All fields are ours. */
export interface Ask {
  readonly id: 'server-log' | 'client-log' | 'whole-line' | 'decode-trace';
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
  /** They quote Microsoft's general page, which prescribes the edit without the fault's detail. */
  readonly quotesGeneralPage: boolean;
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
