import type { Fault, FaultLine } from './fault.ts';
import { isPlaceholderId } from './placeholders.ts';

function byLine(faults: readonly Fault[]): FaultLine[] {
  const lines = new Map(faults.flatMap((fault) => fault.lines).map((line) => [line.line, line]));
  return [...lines.values()].toSorted((a, b) => a.line - b.line);
}

function merge(group: readonly [Fault, ...Fault[]]): Fault {
  const [first] = group;
  const known = <Name extends 'message' | 'method' | 'actor' | 'service' | 'serverUrl' | 'host' | 'client'>(
    name: Name,
  ): Fault[Name] => (group.find((fault) => fault[name] !== null) ?? first)[name];
  // UTC is worth more than a client's clock whose zone nobody wrote down.
  const timed =
    group.find(({ time }) => time !== null && time.zone !== 'local') ??
    group.find(({ time }) => time !== null);
  return {
    ...first,
    hresults: [...new Set(group.flatMap(({ hresults }) => hresults))],
    message: known('message'),
    method: known('method'),
    actor: known('actor'),
    service: known('service'),
    serverUrl: known('serverUrl'),
    host: known('host'),
    client: known('client'),
    time: timed?.time ?? null,
    lines: byLine(group),
    isExample: group.every(({ isExample }) => isExample),
  };
}

/**
 * The server gives every fault an ID, and every rendering repeats it: the client's XML, its key='value' line, the server's own line.
 * @returns the faults with those of one ID and ErrorCode made one, at the place of the first.
 */
export function mergeSameId(faults: readonly Fault[]): Fault[] {
  const groups = new Map<string, [Fault, ...Fault[]]>();
  for (const [position, fault] of faults.entries()) {
    const { id, errorCode } = fault;
    const shared = id !== null && id.length >= 8 && errorCode !== null && !isPlaceholderId(id);
    const key = shared ? `${id} ${errorCode}`.toLowerCase() : `${position}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [fault]);
    else group.push(fault);
  }
  return [...groups.values()].map((group) => (group.length === 1 ? group[0] : merge(group)));
}
