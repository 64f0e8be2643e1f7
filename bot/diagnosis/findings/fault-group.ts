import type { Advice, Cap, FaultDetail, Finding, NamedServer } from '../diagnosis.ts';
import type { Fault, FaultLine, LogTime } from '../faults/fault.ts';
import { isPlaceholderClient, isPlaceholderHost } from '../faults/placeholders.ts';
import { mask } from '../mask.ts';
import type { Confidence, SignatureId, Variant } from '../signature.ts';
import { CappedSet } from './capped-set.ts';
import { FaultTimes } from './fault-times.ts';
import { KeptEvidence } from './kept-evidence.ts';

const mostServers = 50;
const mostClients = 20_000;
const mostClientIds = 1000;
const mostCodes = 200;
/** One client so often, and no other: the fault is that client's. */
const oftenForOne = 3;
const surest: readonly Confidence[] = ['certain', 'likely', 'weak'];

/** Counts faults that differ from one already taken in time, ID and client alone, one line each. */
export interface RepeatCounter {
  countAgain(client: string): void;
  /** Their times, hour by hour. */
  countTimes(earliest: LogTime | null, latest: LogTime | null, count: number): void;
}

/** The faults of one signature, one at a time, in constant memory. */
export class FaultGroup {
  readonly signature: SignatureId;
  confidence: Confidence;
  count = 0;
  readonly times = new FaultTimes();
  /** With the line that names it first. */
  readonly #servers = new Map<string, { readonly server: NamedServer; readonly line: number }>();
  readonly #clients = new CappedSet(mostClients);
  readonly #evidence = new KeptEvidence();
  readonly #codes = new Map<string, number>();
  readonly #variants = new Map<Variant, number>();
  #first: readonly FaultLine[] = [];
  #detail: FaultDetail | null = null;
  #detailLine = Number.POSITIVE_INFINITY;
  #ofNamedClients = 0;
  #serversOverflowed = false;
  #allExamples = true;

  constructor(signature: SignatureId, confidence: Confidence) {
    this.signature = signature;
    this.confidence = confidence;
  }

  /** @param again A further rendering of a fault that was counted before. */
  add(fault: Fault, confidence: Confidence, variant: Variant | null, again = false): void {
    if (surest.indexOf(confidence) < surest.indexOf(this.confidence)) this.confidence = confidence;
    if (!again || this.count === 0) this.count += 1;
    if (variant !== null) this.#variants.set(variant, (this.#variants.get(variant) ?? 0) + 1);
    this.times.add(fault.time);
    this.#keepDetail(detailOf(fault), fault.line);
    this.#addClient(fault.client);
    this.#addServer(fault);
    this.#addCodes(fault.hresults.map((code) => [code, 1]));
    this.#evidence.add(fault.lines);
    this.#allExamples &&= fault.isExample;
  }

  /** @param variant Of the fault that is repeated. */
  repeats(variant: Variant | null): RepeatCounter {
    return {
      countAgain: (client) => {
        this.count += 1;
        this.#addClient(client);
        this.#evidence.countMore(1);
        if (variant !== null) this.#variants.set(variant, (this.#variants.get(variant) ?? 0) + 1);
      },
      countTimes: (earliest, latest, count) => {
        if (earliest !== null && latest !== null) this.times.addHour(earliest, latest, count);
      },
    };
  }

  /** Takes in what this group explains: evidence of it, but no failure of its own. */
  addEchoes(other: FaultGroup): void {
    this.#addCodes(other.#codes);
    this.#evidence.addAll(other.#evidence);
    if (other.signature !== this.signature) return;
    for (const [variant, count] of other.#variants) {
      this.#variants.set(variant, (this.#variants.get(variant) ?? 0) + count);
    }
  }

  /** Takes in faults of the same signature. */
  addAll(other: FaultGroup): void {
    this.addEchoes(other);
    if (surest.indexOf(other.confidence) < surest.indexOf(this.confidence))
      this.confidence = other.confidence;
    this.count += other.count;
    this.#keepDetail(other.#detail, other.#detailLine);
    this.times.addAll(other.times);
    this.#clients.addAll(other.#clients);
    this.#ofNamedClients += other.#ofNamedClients;
    for (const { server, line } of other.#servers.values()) this.#keepServer(server, line);
    this.#serversOverflowed ||= other.#serversOverflowed;
    this.#allExamples &&= other.#allExamples;
  }

  /** @param lines Shown before all others. */
  prove(lines: readonly FaultLine[]): void {
    this.#first = [...new Map(lines.map((line) => [line.line, line])).values()];
    this.#evidence.add(lines);
  }

  #addClient(client: string | null): void {
    if (client === null || client === '' || client.length > 200 || isPlaceholderClient(client)) return;
    this.#ofNamedClients += 1;
    this.#clients.add(client.toLowerCase());
  }

  #addServer({ host, serverUrl, line }: Fault): void {
    if (host === null || serverUrl === null) return;
    if (isPlaceholderHost(host) || host.endsWith('.microsoft.com')) return;
    this.#keepServer({ host, url: serverUrl }, line);
  }

  #keepServer(server: NamedServer, line: number): void {
    const known = this.#servers.get(server.host);
    if (known === undefined && this.#servers.size >= mostServers) this.#serversOverflowed = true;
    else if (known === undefined || line < known.line) this.#servers.set(server.host, { server, line });
  }

  /** Of the first fault in the text that has one: they are not told in its order. */
  #keepDetail(detail: FaultDetail | null, line: number): void {
    if (detail === null || line >= this.#detailLine) return;
    this.#detail = detail;
    this.#detailLine = line;
  }

  get #namedServers(): NamedServer[] {
    return [...this.#servers.values()].toSorted((a, b) => a.line - b.line).map(({ server }) => server);
  }

  #addCodes(codes: Iterable<readonly [string, number]>): void {
    for (const [code, count] of codes) {
      const before = this.#codes.get(code);
      if (before !== undefined || this.#codes.size < mostCodes) this.#codes.set(code, (before ?? 0) + count);
    }
  }

  /** How many faults carry each code. */
  get codes(): ReadonlyMap<string, number> {
    return this.#codes;
  }

  get isExample(): boolean {
    return this.#allExamples;
  }

  get advice(): Advice {
    if (this.#clients.size > 1) return 'many-clients';
    return this.#clients.size === 1 && this.#ofNamedClients >= oftenForOne ? 'one-client' : 'unknown';
  }

  /** The one that most of the faults are. */
  get variant(): Variant | null {
    const [most] = [...this.#variants].toSorted(([, a], [, b]) => b - a);
    return most?.[0] ?? null;
  }

  finding(): Finding {
    const { firstSeen, lastSeen, perHour, cut } = this.times.timeline();
    const capped: Cap[] = [
      ...(this.#clients.overflowed ? ['clients' as const] : []),
      ...(this.#serversOverflowed ? ['servers' as const] : []),
      ...(cut && perHour.length > 0 ? ['hours' as const] : []),
    ];
    return {
      signature: this.signature,
      variant: this.variant,
      confidence: this.confidence,
      advice: this.advice,
      detail: this.#detail,
      evidence: this.#evidence.pick(this.#first),
      evidenceLines: this.#evidence.count,
      servers: this.#namedServers,
      clients: this.#clients.size,
      clientIds: this.#clients.first(mostClientIds),
      firstSeen,
      lastSeen,
      count: this.count,
      ...(perHour.length > 0 ? { perHour } : {}),
      recoveredAt: null,
      comesAndGoes: false,
      restartedAt: null,
      worksOn: [],
      isExample: this.isExample,
      capped,
    };
  }
}

const longestField = 400;

function detailOf({ errorCode, message, method }: Fault): FaultDetail | null {
  if (errorCode === null) return null;
  const short = (text: string | null) => (text === null ? null : mask(text.trim().slice(0, longestField)));
  return { errorCode: errorCode.slice(0, longestField), message: short(message), method: short(method) };
}
