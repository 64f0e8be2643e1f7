import type { Fault, FaultLine } from './fault.ts';
import { isPlaceholderId } from './placeholders.ts';

/** Lines of one fault that are kept, however often a text repeats it. */
const mostLines = 64;

/** @returns what all renderings of one fault share (its ID, ErrorCode and parameter); null for a fault without an ID of its own. */
export function sharedIdOf({
  id,
  errorCode,
  message,
}: Pick<Fault, 'id' | 'errorCode' | 'message'>): string | null {
  if (id === null || id.length < 8 || id.length > 100 || errorCode === null || isPlaceholderId(id))
    return null;
  const parameter = message?.startsWith('parameters.') ? message : '';
  return `${id} ${errorCode} ${parameter}`.toLowerCase();
}

function byLine(a: Fault, b: Fault): FaultLine[] {
  const lines = new Map([...a.lines, ...b.lines].map((line) => [`${line.line} ${line.text}`, line]));
  return [...lines.values()].toSorted((one, other) => one.line - other.line).slice(0, mostLines);
}

/**
 * The server gives every fault an ID, and every rendering repeats it: the client's XML, its key='value' line, the server's own line.
 * @returns one fault out of two renderings, the first one's fields before the second's.
 */
export function mergeFaults(first: Fault, second: Fault): Fault {
  const known = <Name extends 'message' | 'method' | 'actor' | 'service' | 'serverUrl' | 'host' | 'client'>(
    name: Name,
  ): Fault[Name] => first[name] ?? second[name];
  // UTC is worth more than a client's clock whose zone nobody wrote down.
  const timed = [first, second].find(({ time }) => time !== null && time.zone !== 'local');
  return {
    ...first,
    hresults: [...new Set([...first.hresults, ...second.hresults])],
    message: known('message'),
    method: known('method'),
    actor: known('actor'),
    service: known('service'),
    serverUrl: known('serverUrl'),
    host: known('host'),
    client: known('client'),
    time: timed?.time ?? first.time ?? second.time,
    lines: byLine(first, second),
    isExample: first.isExample && second.isExample,
  };
}
