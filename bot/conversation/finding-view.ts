import { isIP } from 'node:net';
import type { EvidenceLine, HourCount, LogTime, NamedServer, SeenView } from '../../cards/evidence-view.ts';
import type { ServerConfig } from '../config.ts';
import type { Finding } from '../diagnosis/diagnosis.ts';
import type { FaultLine } from '../diagnosis/faults/fault.ts';
import { instant } from '../diagnosis/records/log-time.ts';
import type { Desk } from './desk.ts';
import { logTimeOf } from './propose-change.ts';

/** A line of evidence as the cards take it. */
export const evidenceOf = ({ line, text, source }: FaultLine): EvidenceLine => ({
  line,
  text,
  ...(source === 'unknown' ? {} : { source }),
});

/** The servers of the inventory that a finding names, each once. */
export const inventoryServersIn = (desk: Desk, finding: Finding): ServerConfig[] => [
  ...new Set(finding.servers.flatMap(({ host }) => inventoryServer(desk, host) ?? [])),
];

/**
 * The server of the inventory that a log's host name means: its host or name as a whole, else its first label, when that
 * is the first label of one server only.
 */
const inventoryServer = (desk: Desk, host: string): ServerConfig | undefined => {
  const wanted = host.toLowerCase();
  const { servers } = desk.config;
  const whole = servers.find((server) =>
    [server.name, server.host].some((name) => name.toLowerCase() === wanted),
  );
  if (whole !== undefined) return whole;
  const candidates = servers.filter(({ name, host: ours }) => {
    // Our short name says nothing when both full names are known: they differ.
    const fullNamesDiffer = isFullName(ours) && isFullName(wanted);
    return !fullNamesDiffer && [name, ours].some((known) => mayBeTheSame(known.toLowerCase(), wanted));
  });
  return candidates.length === 1 ? candidates[0] : undefined;
};

const isFullName = (host: string): boolean => host.includes('.') && isIP(host) === 0;

/** A short name and a full one of the same machine; two different full names never are. */
const mayBeTheSame = (ours: string, theirs: string): boolean => {
  if (ours.includes('.') && theirs.includes('.')) return false;
  return ours.split('.')[0] === theirs.split('.')[0];
};

/** Who was refused, how often and when, and what came after, as the cards take it. */
export const seenOf = (desk: Desk, finding: Finding): SeenView => {
  const time = <Name extends string>(name: Name, at: Finding['firstSeen']) => {
    const shown = logTimeOf(at);
    return shown === null ? {} : ({ [name]: shown } as Record<Name, LogTime>);
  };
  return {
    servers: finding.servers.map(({ host }): NamedServer => {
      const known = inventoryServer(desk, host);
      if (known === undefined) return { name: host, inInventory: false };
      return { name: known.name, inInventory: true, ...(known.name === host ? {} : { host }) };
    }),
    moreServers: finding.capped.includes('servers'),
    clients: finding.clients,
    moreClients: finding.capped.includes('clients'),
    count: finding.count,
    ...time('first', finding.firstSeen),
    ...time('last', finding.lastSeen),
    ...time('recovered', finding.recoveredAt),
    ...time('restarted', finding.restartedAt),
    worksOn: finding.recoveredAt === null ? finding.worksOn : [],
    ...(finding.perHour === undefined ? {} : { perHour: hoursOf(finding, finding.perHour) }),
  };
};

const hour = 60;

/** Faults are known from the first to the last of them: the hours at both ends are parts. */
const hoursOf = ({ firstSeen, lastSeen }: Finding, hours: NonNullable<Finding['perHour']>): HourCount[] => {
  const from = minuteOf(firstSeen);
  const until = minuteOf(lastSeen);
  return hours.flatMap(({ hour: starts, count }) => {
    const startsAt = logTimeOf(starts);
    const start = minuteOf(starts);
    if (startsAt === null || start === undefined) return [];
    const begin = Math.max(start, from ?? start);
    const end = Math.min(start + hour, until ?? start + hour);
    return [{ startsAt, minutes: Math.min(hour, Math.max(1, Math.ceil(end - begin))), count }];
  });
};

/** Minutes since 1970, by the clock of the log; only for differences. */
const minuteOf = (time: Finding['firstSeen']): number | undefined =>
  time === null ? undefined : instant(time) / 60_000;
