import type { Fault, FaultLine, LogTime } from './fault.ts';

/** A fault that one line tells without a code and without a detail. */
export function lineFault(
  line: FaultLine,
  seen: {
    readonly time: LogTime | null;
    readonly host?: string | null;
    readonly client?: string | null;
    readonly message?: string;
    readonly service?: Fault['service'];
  },
): Fault {
  const host = seen.host ?? null;
  return {
    hresults: [],
    errorCode: null,
    message: seen.message ?? null,
    method: null,
    actor: null,
    service: seen.service ?? null,
    serverUrl: host === null ? null : `http://${host}`,
    host,
    client: seen.client ?? null,
    id: null,
    time: seen.time,
    source: line.source,
    line: line.line,
    lines: [line],
    isExample: false,
  };
}
