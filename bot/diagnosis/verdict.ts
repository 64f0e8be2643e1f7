import type { LimitKey, Report } from '../../remote/contract.ts';
import { type LimitRead, readLimits } from '../../remote/web-config.ts';
import { type Refusal, type RefusalCode, refusal } from '../../remote/web-config-refusal.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { LogTime } from './faults/fault.ts';
import { instant } from './records/log-time.ts';

/** Refusals of KB 4096317 that somebody saw. */
export interface Refusals {
  readonly seenIn: 'server-log' | 'pasted-text';
  readonly count: number;
  /** 0: the text names none. */
  readonly clients: number;
  readonly since: LogTime | null;
  readonly last: LogTime | null;
}

/** A part of the report that could not be read. `reason` is the server's: outside text. */
export interface UnreadPart {
  readonly part: 'wsus' | 'file' | 'pool' | 'health' | 'log';
  readonly code: string;
  readonly reason: string;
}

export interface LimitNow {
  readonly key: LimitKey;
  readonly current: number;
  /** max(current, 800), or max(current, 44000) for maxCachedUpdates. */
  readonly target: number;
  /** The value the setup writes: 400, or 22000. */
  readonly isDefault: boolean;
  readonly line: number;
  /** Outside text. */
  readonly lineText: string;
}

/** What a report means, alone or with a text that concerns the same server. */
export type Verdict =
  | {
      readonly kind: 'limit-too-low';
      readonly limit: LimitNow;
      /** maxCachedUpdates, when it can be read and is below its target: KB 4096317 raises it too since 2026-02-05. */
      readonly second: LimitNow | null;
      /** `maxCachedUpdates` as it stands; null when it cannot be read. */
      readonly cachedLimit: number | null;
      /** null: no client was refused in the part of the log that was read, or the log was not read (see `logUnread`). */
      readonly refusals: Refusals | null;
      readonly logUnread: UnreadPart | null;
    }
  | {
      /** The file is newer than the process that should have read it. */
      readonly kind: 'raised-not-active';
      readonly limit: LimitNow;
      readonly workerStartedAt: string;
      readonly fileWrittenAt: string;
      readonly refusals: Refusals | null;
    }
  | {
      readonly kind: 'raised-still-failing';
      readonly limit: LimitNow;
      readonly workerStartedAt: string;
      /** The last of them after the worker's start. */
      readonly refusals: Refusals;
    }
  | {
      readonly kind: 'healthy';
      readonly limit: LimitNow;
      /** null: the pool has no worker; the next request starts one with this file. */
      readonly workerStartedAt: string | null;
      /** Before the worker's start, or at a time that cannot be compared with it. */
      readonly refusals: Refusals | null;
    }
  | {
      /** The limit is high enough, but the web service does not answer as it should. */
      readonly kind: 'service-down';
      readonly limit: LimitNow;
      readonly poolState: string;
      readonly versionStatus: number;
      readonly getConfigStatus: number;
    }
  | { readonly kind: 'file-refused'; readonly reason: Refusal; readonly refusals: Refusals | null }
  | { readonly kind: 'not-wsus' }
  | { readonly kind: 'unclear'; readonly unread: UnreadPart; readonly limit: LimitNow | null };

/** What the setup writes, and what KB 4096317 raises it to (its revision of 2026-02-05 for maxCachedUpdates). */
const defaults: Readonly<Record<LimitKey, number>> = {
  maxInstalledPrerequisites: 400,
  maxCachedUpdates: 22_000,
};
const recommended: Readonly<Record<LimitKey, number>> = {
  maxInstalledPrerequisites: 800,
  maxCachedUpdates: 44_000,
};

function limitNow(key: LimitKey, read: Extract<LimitRead, { ok: true }>): LimitNow {
  const { value: current, line, lineText } = read;
  const target = Math.max(current, recommended[key]);
  return { key, current, target, isDefault: current === defaults[key], line, lineText };
}

function unread(report: Report, part: UnreadPart['part']): UnreadPart | null {
  const read = report[part];
  return read.ok ? null : { part, code: read.code, reason: read.reason };
}

function refusalsIn(report: Report, log: Diagnosis | undefined): Refusals | null {
  if (report.log.ok && report.log.count > 0) {
    const { count, clients, firstSeenAt, lastSeenAt } = report.log;
    const utc = (iso: string | null) => (iso === null ? null : { iso, zone: 'utc' as const });
    return { seenIn: 'server-log', count, clients, since: utc(firstSeenAt), last: utc(lastSeenAt) };
  }
  const pasted = log?.findings.find(({ signature, isExample }) => signature === 'kb4096317' && !isExample);
  if (pasted === undefined) return null;
  const { count, clients, firstSeen, lastSeen } = pasted;
  return { seenIn: 'pasted-text', count, clients, since: firstSeen, last: lastSeen };
}

/** A client's clock in a zone nobody named cannot be compared with the server's. */
function isAfter(refusals: Refusals, utc: string): boolean {
  const { last } = refusals;
  return last !== null && last.zone !== 'local' && instant(last) > Date.parse(utc);
}

function judgeRaised(report: Report, limit: LimitNow, log: Diagnosis | undefined): Verdict {
  const { file, pool, health } = report;
  const missing = unread(report, 'pool') ?? unread(report, 'health') ?? unread(report, 'log');
  if (!file.ok || !pool.ok || !health.ok || missing !== null) {
    const part = missing ?? unread(report, 'file');
    if (part === null) throw new TypeError('a report whose parts are all there and one of which is not');
    return { kind: 'unclear', unread: part, limit };
  }
  const refusals = refusalsIn(report, log);
  const workerStartedAt = pool.worker?.startedAt ?? null;
  if (workerStartedAt !== null && Date.parse(workerStartedAt) < Date.parse(file.lastWriteAt)) {
    return { kind: 'raised-not-active', limit, workerStartedAt, fileWrittenAt: file.lastWriteAt, refusals };
  }
  if (pool.state !== 'Started' || health.getConfigStatus !== 200 || !health.getConfigIsSoap) {
    const { versionStatus, getConfigStatus } = health;
    return { kind: 'service-down', limit, poolState: pool.state, versionStatus, getConfigStatus };
  }
  if (workerStartedAt !== null && refusals !== null && isAfter(refusals, workerStartedAt)) {
    return { kind: 'raised-still-failing', limit, workerStartedAt, refusals };
  }
  return { kind: 'healthy', limit, workerStartedAt, refusals };
}

/** Codes of an unread file that say what the file is, rather than that nobody may look. */
const refusedFiles: readonly RefusalCode[] = ['too-large', 'not-a-plain-file'];

/**
 * Says what a report means. Pure.
 *
 * @param report What was read from one server.
 * @param log A text somebody sent that concerns this server; the caller matched the names.
 */
export function judge(report: Report, log?: Diagnosis): Verdict {
  const { wsus, file } = report;
  if (wsus.ok && !wsus.installed) return { kind: 'not-wsus' };
  const missing = unread(report, 'wsus') ?? unread(report, 'file');
  if (missing !== null || !file.ok) {
    const part = missing ?? { part: 'file' as const, code: '', reason: '' };
    const refused = part.part === 'file' ? refusedFiles.find((code) => code === part.code) : undefined;
    if (refused !== undefined) {
      return { kind: 'file-refused', reason: refusal(refused), refusals: refusalsIn(report, log) };
    }
    return { kind: 'unclear', unread: part, limit: null };
  }
  const limits = readLimits(new Uint8Array(Buffer.from(file.bytes, 'base64')));
  const read = limits.maxInstalledPrerequisites;
  if (!read.ok) return { kind: 'file-refused', reason: read.reason, refusals: refusalsIn(report, log) };
  const limit = limitNow('maxInstalledPrerequisites', read);
  if (limit.current >= limit.target) return judgeRaised(report, limit, log);

  const cached = limits.maxCachedUpdates.ok ? limitNow('maxCachedUpdates', limits.maxCachedUpdates) : null;
  return {
    kind: 'limit-too-low',
    limit,
    second: cached !== null && cached.current < cached.target ? cached : null,
    cachedLimit: cached?.current ?? null,
    refusals: refusalsIn(report, log),
    logUnread: unread(report, 'log'),
  };
}
