/** The failures that SoftwareDistribution.log tells of, in the shape of the report's `log` part. */
export interface LogEvidence {
  readonly lines: { line: number; text: string }[];
  readonly count: number;
  readonly clients: number;
  readonly firstSeenAt: string | null;
  readonly lastSeenAt: string | null;
}

const newest = 20;
const longestLine = 4000;
const time = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}\.\d{3}) UTC\t/;
const faultCode = /ThrowException: [Aa]ctor = .*?\bErrorCode=(\w+)/;
const refusal =
  /ErrorCode=InvalidParameters, Message=parameters\.InstalledNonLeafUpdateIDs, Client=([^\s,]*)/;
/** Answers that only make a client repeat a step of its sign-in ([MS-WUSP] 2.2.2.4). */
const handshakeCodes = new Set([
  'ConfigChanged',
  'CookieExpired',
  'RegistrationRequired',
  'FileLocationChanged',
]);

export function logEvidence(text: string): LogEvidence {
  const lines: { line: number; text: string }[] = [];
  const clients = new Set<string>();
  const seen: string[] = [];
  let count = 0;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const code = faultCode.exec(line)?.[1];
    if (code === undefined || handshakeCodes.has(code)) continue;
    lines.push({ line: index + 1, text: line.slice(0, longestLine) });
    const client = refusal.exec(line)?.[1];
    if (client === undefined) continue;
    count++;
    clients.add(client.toLowerCase());
    const [, date, clock] = time.exec(line) ?? [];
    if (date !== undefined && clock !== undefined) seen.push(`${date}T${clock}Z`);
  }
  seen.sort();
  return {
    lines: lines.slice(-newest),
    count,
    clients: clients.size,
    firstSeenAt: seen[0] ?? null,
    lastSeenAt: seen.at(-1) ?? null,
  };
}
