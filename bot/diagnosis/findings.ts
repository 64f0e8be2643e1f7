import type { Finding, NamedServer } from './diagnosis.ts';
import type { Fault } from './fault.ts';
import { soapFault } from './hresult-codes.ts';
import { pickEvidence } from './pick-evidence.ts';
import { isPlaceholderClient, isPlaceholderHost } from './placeholders.ts';
import type { Confidence, SignatureId } from './signature.ts';
import { recognise, signatureById } from './signatures/all-signatures.ts';
import { timelineOf } from './timeline.ts';

const mostServers = 50;
const mostClientIds = 1000;
const surest: readonly Confidence[] = ['certain', 'likely', 'weak'];

/** Causes that clients report as 80244007: a bare number elsewhere in the same text is explained by them. */
const explains80244007: readonly SignatureId[] = [
  'kb4096317',
  'other-cached-update-ids',
  'other-invalid-parameters',
  'simple-auth-fault',
  'server-fault',
];

export interface FaultGroup {
  readonly signature: SignatureId;
  readonly confidence: Confidence;
  /** Count as failures of this kind. */
  readonly faults: readonly Fault[];
  /** Bare numbers that these failures explain: evidence, but not counted. */
  readonly echoes: readonly Fault[];
}

const isBareNumber = (fault: Fault): boolean => fault.errorCode === null && fault.message === null;

/** Sorts faults by the signature that recognises them, the one that explains the others first. */
export function groupFaults(faults: readonly Fault[]): FaultGroup[] {
  const groups = new Map<SignatureId, { confidence: Confidence; faults: Fault[]; echoes: Fault[] }>();
  const unknown: Fault[] = [];
  for (const fault of faults) {
    const found = recognise(fault);
    if (found === undefined) {
      unknown.push(fault);
      continue;
    }
    const { signature, confidence } = found;
    const group = groups.get(signature.id) ?? { confidence, faults: [], echoes: [] };
    if (surest.indexOf(confidence) < surest.indexOf(group.confidence)) group.confidence = confidence;
    group.faults.push(fault);
    groups.set(signature.id, group);
  }
  const explaining = explains80244007.map((id) => groups.get(id)).find((group) => group !== undefined);
  const unexplained = groups.get('not-enough-evidence');
  if (explaining !== undefined && unexplained !== undefined) {
    explaining.echoes.push(...unexplained.faults.filter(isBareNumber));
    unexplained.faults = unexplained.faults.filter((fault) => !isBareNumber(fault));
    if (unexplained.faults.length === 0) groups.delete('not-enough-evidence');
  }
  if (groups.size === 0 && unknown.length > 0) {
    groups.set('not-enough-evidence', { confidence: 'weak', faults: unknown, echoes: [] });
  }
  const rank = (id: SignatureId) => signatureById(id).rank;
  return [...groups.entries()]
    .map(([signature, group]) => ({ signature, ...group }))
    .toSorted((a, b) => rank(a.signature) - rank(b.signature) || b.faults.length - a.faults.length);
}

function serversOf(faults: readonly Fault[]): NamedServer[] {
  const servers = new Map<string, NamedServer>();
  for (const { host, serverUrl } of faults) {
    if (host === null || serverUrl === null || servers.has(host) || servers.size >= mostServers) continue;
    if (isPlaceholderHost(host) || host.endsWith('.microsoft.com')) continue;
    servers.set(host, { host, url: serverUrl });
  }
  return [...servers.values()];
}

/** Puts the faults of one signature together to what a card can say about them. */
export function toFinding(group: FaultGroup): Finding {
  const { faults, echoes } = group;
  const lines = [
    ...new Map(
      [...faults, ...echoes].flatMap((fault) => fault.lines).map((line) => [line.line, line]),
    ).values(),
  ].toSorted((a, b) => a.line - b.line);
  const clients = new Set(
    faults.flatMap(({ client }) =>
      client === null || client === '' || isPlaceholderClient(client) ? [] : [client.toLowerCase()],
    ),
  );
  const { firstSeen, lastSeen, perHour } = timelineOf(faults);
  return {
    signature: group.signature,
    confidence: group.confidence,
    evidence: pickEvidence(lines),
    evidenceLines: lines.length,
    servers: serversOf(faults),
    clients: clients.size,
    clientIds: [...clients].slice(0, mostClientIds),
    firstSeen,
    lastSeen,
    count: faults.length,
    ...(perHour.length > 0 ? { perHour } : {}),
    isExample: faults.every(({ isExample }) => isExample),
  };
}

/** @returns every code that an expert would name: those of the first finding before the others, 80244007 first among equals, then the frequent ones. */
export function weighCodes(groups: readonly FaultGroup[], faults: readonly Fault[]): string[] {
  const counts = new Map<string, number>();
  for (const code of faults.flatMap(({ hresults }) => hresults))
    counts.set(code, (counts.get(code) ?? 0) + 1);
  const leading = new Set(
    groups[0] === undefined
      ? []
      : [...groups[0].faults, ...groups[0].echoes].flatMap(({ hresults }) => hresults),
  );
  const weight = (code: string) => (leading.has(code) ? 2 : 0) + (code === soapFault ? 1 : 0);
  return [...counts.keys()]
    .filter((code) => !code.startsWith('803D'))
    .toSorted((a, b) => weight(b) - weight(a) || (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
}
