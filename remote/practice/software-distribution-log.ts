import { createHash } from 'node:crypto';
import type { PracticeServerSpec } from './practice-servers.ts';

/** The product version that the practice servers report: WSUS of Windows Server 2022. */
export const productVersion = '10.0.20348.2849';
/** That of Windows, with its revision. */
export const osVersion = '10.0.20348.2849';

const minute = 60_000;

/** `YYYY-MM-DD HH:MM:SS.mmm UTC`, as the log begins its lines. */
function logTime(at: Date): string {
  return `${at.toISOString().slice(0, -1).replace('T', ' ')} UTC`;
}

/** The line by which a started client web service announces itself. It marks a restart. */
export function workerStartLine(pid: number, startedAt: Date): string {
  const at = new Date(startedAt.getTime() + 850);
  const started = usTime(startedAt);
  return logLine(
    at,
    'Info',
    'w3wp.5',
    'ClientImplementation..ctor',
    `Initializing ClientWebService ProcessID = ${pid}, Process Start Time = ${started}, Product Version = ${productVersion}`,
  );
}

/**
 * SoftwareDistribution.log of a practice server: tab separated, CRLF, UTC, oldest line first. Holds the start of the
 * worker, everyday lines, and the refused calls when the server has them.
 */
export function softwareDistributionLog(spec: PracticeServerSpec, pid: number, now: Date): string {
  const before = (minutes: number): Date => new Date(now.getTime() - minutes * minute);
  const startedAt = before(spec.workerAgeMinutes);
  const entries = [
    { at: startedAt, line: workerStartLine(pid, startedAt) },
    ...everydayLines(spec, now),
    ...refusals(spec, now),
  ];
  entries.sort((a, b) => a.at.getTime() - b.at.getTime());
  return entries.map((entry) => `${entry.line}\r\n`).join('');
}

interface Entry {
  readonly at: Date;
  readonly line: string;
}

function everydayLines(spec: PracticeServerSpec, now: Date): Entry[] {
  const entries: Entry[] = [];
  for (let age = Math.min(spec.workerAgeMinutes, 24 * 60) - 2; age > 0; age -= 97) {
    const at = new Date(now.getTime() - age * minute + (age % 7) * 1013);
    entries.push({
      at,
      line: logLine(
        at,
        'Info',
        'WsusService.7',
        'EventLogEventReporter.ReportEvent',
        'EventId=501,Type=Information,Category=Update Services,Message=Update Services Service Started',
      ),
    });
    const later = new Date(at.getTime() + 3_217);
    entries.push({
      at: later,
      line: logLine(
        later,
        'Warning',
        'w3wp.9',
        'SoapUtilities.CreateException',
        faultText(spec.name, later, 'ConfigChanged', '', `busy-${age % 5}`),
      ),
    });
  }
  return entries;
}

/** Each client is refused, tries again after 20 to 29 minutes, and new ones join: the faults of an hour rise. */
function refusals(spec: PracticeServerSpec, now: Date): Entry[] {
  const { failures } = spec;
  if (failures === undefined) return [];
  const entries: Entry[] = [];
  const last = now.getTime() - failures.lastMinutes * minute;
  const span = (failures.sinceMinutes - failures.lastMinutes) * minute;
  for (let client = 0; client < failures.clients; client++) {
    const first = last - span + Math.floor((span * client) / failures.clients);
    const period = (20 + (client % 10)) * minute + client * 379;
    for (let time = first; time < last; time += period)
      entries.push(refusal(spec.name, client, new Date(time)));
  }
  entries.push(refusal(spec.name, 0, new Date(last)));
  return entries;
}

function refusal(server: string, client: number, at: Date): Entry {
  const text = faultText(
    server,
    at,
    'InvalidParameters',
    'parameters.InstalledNonLeafUpdateIDs',
    `client-${client}`,
  );
  return {
    at,
    line: logLine(at, 'Warning', `w3wp.${11 + (client % 23)}`, 'SoapUtilities.CreateException', text),
  };
}

function faultText(server: string, at: Date, code: string, message: string, client: string): string {
  const id = guidOf(`${server} ${client} ${at.getTime()}`);
  return `ThrowException: actor = http://${server}:8530/ClientWebService/client.asmx, ID=${id}, ErrorCode=${code}, Message=${message}, Client=${guidOf(client)}`;
}

function logLine(at: Date, level: string, thread: string, source: string, text: string): string {
  return [logTime(at), level, thread, source, text].join('\t');
}

function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function usTime(at: Date): string {
  const hour = at.getUTCHours();
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${hour < 12 ? 'AM' : 'PM'}`;
  return `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${at.getUTCFullYear()} ${clock}`;
}
