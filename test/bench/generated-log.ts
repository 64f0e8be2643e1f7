import { closeSync, openSync, writeSync } from 'node:fs';

export interface GeneratedLogOptions {
  /** At least this many, up to the end of the line that reaches it. */
  readonly bytes: number;
  /** Lines that hold the fault of KB 4096317, spread evenly. */
  readonly matches: number;
  /** The same seed gives the same bytes. */
  readonly seed?: number;
}

const chunkBytes = 256 * 1024;
const start = Date.UTC(2026, 9, 1);

/** Constructed after the shape of SoftwareDistribution.log; what a server writes while nothing is wrong. */
const quietLines: readonly ((random: Random) => string)[] = [
  (r) =>
    `Info\tw3wp.${r.below(90)}\tDependencyCache.RefreshThreadStart\tread ${r.below(90)} UpdateIds in DB in ${r.below(4000)} ms`,
  (r) =>
    `Info\tWsusService.${r.below(40)}\tEventLogEventReporter.ReportEvent\tEventId=10101,Type=Information,Category=WebService,Message=The Client Web Service is working correctly.`,
  (r) =>
    `Info\tw3wp.${r.below(90)}\tClientImplementation.GetExtendedUpdateInfo\tcomputer ${r.guid()}, ${r.below(50)} revisions, ${r.below(900)} KB`,
  (r) =>
    `Info\tw3wp.${r.below(90)}\tSusEventDispatcher.TriggerEvent\tTriggerEvent called for NotificationEventName: DeploymentChange, EventInfo: ${r.guid()}`,
  (r) =>
    `Info\tWsusService.${r.below(40)}\tCatalogSyncAgentCore.ExecuteSyncProtocol\tServer ID is ${r.guid()}, revision ${r.below(300)}, page ${r.below(70)}`,
  (r) =>
    `Info\tw3wp.${r.below(90)}\tClientImplementation.SyncUpdates\tcomputer ${r.guid()}: ${r.below(400)} installed non-leaf, ${r.below(20_000)} cached, ${r.below(30)} new`,
  (r) =>
    `Info\tw3wp.${r.below(90)}\tThreadEntry\tThreadHelper.ThreadStart => PermissionCheckHelper, pool thread ${r.below(4000)}`,
  (r) =>
    `Info\tWsusService.${r.below(40)}\tContentSyncAgent.WakeUpWorkerThreadProc\tprocessing item: ${r.guid()}, state: ${r.below(12)}, ${r.below(2_000_000)} bytes`,
];

const thrown = (r: Random, errorCode: string, message: string): string =>
  `Warning\tw3wp.${r.below(90)}\tSoapUtilities.CreateException\tThrowException: actor = http://wsus01:8530/ClientWebService/client.asmx, ID=${r.guid()}, ErrorCode=${errorCode}, Message=${message}, Client=${r.client()}`;

/** Quiet lines are made beforehand and taken at random, with a time of their own: a gigabyte is written in less than a minute. */
const poolSize = 8_192;

/** Every so many quiet lines there is one that is written on any server: a cookie that ran out. */
const handshakeEvery = 5_000;

/**
 * A made-up SoftwareDistribution.log in UTF-8 with CRLF, as chunks of whole lines. Its first line says that it was generated.
 * Eight kinds of quiet lines, a CookieExpired now and then as on any server, and the matching lines.
 */
export function* generateLog({ bytes, matches, seed = 1 }: GeneratedLogOptions): Generator<Buffer> {
  const random = new Random(seed);
  const pool = Array.from({ length: poolSize }, () => {
    const make = quietLines[random.below(quietLines.length)] as (r: Random) => string;
    return make(random);
  });
  const step = matches === 0 ? Number.POSITIVE_INFINITY : bytes / matches;
  let text = `Generated for a benchmark with seed ${seed}: no server wrote this.\r\n`;
  let made = 0;
  let matched = 0;
  let time = start;
  for (let line = 1; made + text.length < bytes || matched < matches; line += 1) {
    time += random.below(400);
    const stamp = `${new Date(time).toISOString().replace('T', ' ').slice(0, -1)} UTC`;
    let event: string;
    if (matched < matches && made + text.length >= matched * step) {
      event = thrown(random, 'InvalidParameters', 'parameters.InstalledNonLeafUpdateIDs');
      matched += 1;
    } else if (line % handshakeEvery === 0) {
      event = thrown(random, 'CookieExpired', '');
    } else {
      event = pool[random.below(poolSize)] as string;
    }
    text += `${stamp}\t${event}\r\n`;
    if (text.length < chunkBytes) continue;
    made += text.length;
    yield Buffer.from(text, 'latin1');
    text = '';
  }
  if (text !== '') yield Buffer.from(text, 'latin1');
}

/** Writes a generated log and @returns its size. The caller removes it. */
export function writeGeneratedLog(path: string, options: GeneratedLogOptions): number {
  const file = openSync(path, 'wx', 0o600);
  try {
    let size = 0;
    for (const chunk of generateLog(options)) size += writeSync(file, chunk);
    return size;
  } finally {
    closeSync(file);
  }
}

/** Xorshift: the same numbers everywhere, quick enough for a gigabyte. */
class Random {
  #state: number;
  readonly #clients: readonly string[];

  constructor(seed: number) {
    this.#state = (seed * 0x9e3779b1) | 1;
    this.#clients = Array.from({ length: 500 }, () => this.guid());
  }

  #next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state >>> 0;
  }

  below(limit: number): number {
    return this.#next() % limit;
  }

  client(): string {
    return this.#clients[this.below(this.#clients.length)] as string;
  }

  guid(): string {
    const hex = [0, 1, 2, 3].map(() => this.#next().toString(16).padStart(8, '0')).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }
}
