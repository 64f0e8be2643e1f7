import { isIP } from 'node:net';
import type { EvidenceLine, NamedServer, SeenView } from '../../cards/evidence-view.ts';
import type { ServerConfig } from '../config.ts';
import type { Finding } from '../diagnosis/diagnosis.ts';
import type { FaultLine } from '../diagnosis/fault.ts';
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

/** Who was refused, how often and when, as the cards take it. */
export const seenOf = (desk: Desk, finding: Finding): SeenView => {
  const first = logTimeOf(finding.firstSeen);
  const last = logTimeOf(finding.lastSeen);
  return {
    servers: finding.servers.map(({ host }): NamedServer => {
      const known = inventoryServer(desk, host);
      if (known === undefined) return { name: host, inInventory: false };
      return { name: known.name, inInventory: true, ...(known.name === host ? {} : { host }) };
    }),
    clients: finding.clients,
    count: finding.count,
    ...(first === null ? {} : { first }),
    ...(last === null ? {} : { last }),
    ...perHourOf(finding),
  };
};

/** Hours of an unnamed zone are no instants: they are left out rather than shown as UTC. */
const perHourOf = (finding: Finding): Pick<SeenView, 'perHour'> => {
  const hours = finding.perHour;
  if (hours === undefined || hours.some(({ hour }) => hour.zone === 'local')) return {};
  const last = finding.lastSeen === null ? undefined : new Date(finding.lastSeen.iso);
  return {
    perHour: hours.map(({ hour, count }, index) => {
      const startsAt = new Date(hour.iso);
      const part = index === hours.length - 1 && last !== undefined ? minutesBetween(startsAt, last) : 60;
      return { startsAt, minutes: Math.min(60, Math.max(1, part)), count };
    }),
  };
};

const minutesBetween = (from: Date, to: Date): number => Math.ceil((to.getTime() - from.getTime()) / 60_000);
