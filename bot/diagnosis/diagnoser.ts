import type { Diagnosis, Finding } from './diagnosis.ts';
import type { Fault, FaultLine, LogTime, SourceLog } from './faults/fault.ts';
import { SameIdJoiner } from './faults/join-same-id.ts';
import { lineFault } from './faults/line-fault.ts';
import type { Observation, RequestSeen } from './faults/observation.ts';
import { createObserver } from './faults/read-faults.ts';
import { requestSignature } from './faults/request-fault.ts';
import { readServerEntry, type ServerEntry } from './faults/server-entry.ts';
import { asksFor } from './findings/asks.ts';
import { type ClientSystem, clientSystemOf } from './findings/client-system.ts';
import { type Clue, ClueReader } from './findings/clues.ts';
import type { RepeatCounter } from './findings/fault-group.ts';
import { FaultGroups, isScanFailure, weighCodes } from './findings/fault-groups.ts';
import { isLater, Recovery } from './findings/recovery.ts';
import { RepeatedFaults } from './findings/repeated-faults.ts';
import { readPrefix } from './records/log-prefix.ts';
import type { NumberedLine } from './records/records.ts';
import { signatureById } from './signatures/all-signatures.ts';
import { computerTableFull, serviceNotInitialised } from './signatures/simple-auth-fault.ts';

export interface DiagnoserOptions {
  /** The log the text is known to come from, when its lines do not tell. */
  readonly source?: SourceLog;
  /** How the client writes its log, as the words around the lines tell; the lines themselves know better. */
  readonly system?: ClientSystem | undefined;
}

/** The size of what was read, by whoever read it. */
interface TextSize {
  readonly lines: number;
  /** UTF-8 bytes of the whole text. */
  readonly bytes: number;
  readonly truncated: boolean;
}

/** Reads a text line by line and says what it means. Constant memory, whatever it is fed. */
export interface Diagnoser {
  /** Lines in the order of the text; those that hold no anchor may be left out. */
  line(line: NumberedLine): void;
  /** Another text begins, as the next file does: nothing of it belongs to the one before. */
  nextText(source?: SourceLog): void;
  /** Call it once, at the end. */
  finish(size: TextSize): Diagnosis;
}

/** A line of a stack, as .NET prints it, that can hold neither a code nor a detail. */
const isPlainFrame = (text: string): boolean =>
  text.startsWith('   at ') &&
  /^ {3}at [\w.]{3,200}\([\w ,&[\].]{0,300}\)$/.test(text) &&
  !/\d{5}/.test(text);

type FaultClue = Exclude<Clue, 'names-the-edit' | 'test-detectoid'>;

/** Lines of a server that are faults without a code and without a detail. */
const faultsOfClues: Readonly<Record<FaultClue, Pick<Fault, 'service'> & { readonly message: string }>> = {
  'computer-table-full': { message: computerTableFull, service: 'SimpleAuthWebService' },
  'service-not-initialised': { message: serviceNotInitialised, service: 'SimpleAuthWebService' },
};

class StreamingDiagnoser implements Diagnoser {
  readonly #groups = new FaultGroups();
  readonly #recovery = new Recovery();
  readonly #joiner = new SameIdJoiner((fault, again) => this.#take(fault, again));
  readonly #repeated = new RepeatedFaults(
    (line) => this.#counterFor(line),
    (id) => this.#joiner.isNew(id),
  );
  /** The last of several entries of faults in a row; the next line decides what becomes of it. */
  #held: { readonly line: NumberedLine; readonly entry: ServerEntry } | null = null;
  #runs = false;
  readonly #clues = new ClueReader((clue, line, normal) => this.#takeClue(clue, line, normal));
  readonly #system: ClientSystem | undefined;
  #known: SourceLog | undefined;
  #observer: ReturnType<typeof createObserver>;
  #restartedAt: LogTime | null = null;
  #scanFailed = false;
  #scanWorked = false;
  #namesTheEdit = false;
  #texts = 1;

  constructor({ source, system }: DiagnoserOptions) {
    this.#known = source;
    this.#system = system;
    this.#observer = this.#observe();
  }

  #observe(): ReturnType<typeof createObserver> {
    return createObserver(this.#known, (seen) => this.#see(seen));
  }

  line(line: NumberedLine): void {
    const entry = readServerEntry(line.text);
    if (entry === undefined) {
      if (this.#runs && isPlainFrame(line.text)) return;
      this.#endRun();
      this.#read(line);
      return;
    }
    // Of several in a row the first and the last are read, so that what stands around them finds them where they are.
    if (!this.#runs) this.#read(line);
    else {
      if (this.#held !== null && !this.#repeated.count(this.#held.line, this.#held.entry))
        this.#read(this.#held.line);
      this.#held = { line, entry };
    }
    this.#runs = true;
  }

  #endRun(): void {
    if (this.#held !== null) this.#read(this.#held.line);
    this.#held = null;
    this.#runs = false;
  }

  #read(line: NumberedLine): void {
    this.#clues.read(line);
    this.#observer.line(line);
  }

  #counterFor(line: NumberedLine): RepeatCounter | null {
    const told: Observation[] = [];
    const observer = createObserver(this.#known, (seen) => told.push(seen));
    observer.line(line);
    observer.end();
    const [only, ...others] = told;
    return only?.kind === 'fault' && others.length === 0 ? this.#groups.counterFor(only.fault) : null;
  }

  nextText(source?: SourceLog): void {
    this.#endRun();
    this.#observer.end();
    this.#known = source;
    this.#observer = this.#observe();
    this.#recovery.nextText();
    this.#texts += 1;
  }

  #see(seen: Observation): void {
    switch (seen.kind) {
      case 'fault':
        this.#joiner.take(seen.fault);
        break;
      case 'scan-succeeded':
        this.#scanWorked = true;
        this.#recovery.worked(seen);
        break;
      case 'service-started':
        if (this.#restartedAt === null || isLater(seen.time, this.#restartedAt) === true)
          this.#restartedAt = seen.time;
        break;
      case 'request':
        this.#takeRequest(seen);
        break;
      case 'undecoded':
        this.#groups.addNotEnough(lineFault(seen.line, { time: null }), 'undecoded');
    }
  }

  #take(fault: Fault, again: boolean): void {
    const id = this.#groups.add(fault, again);
    if (id === null || !isScanFailure(id)) return;
    this.#scanFailed = true;
    this.#recovery.failed(fault);
  }

  #takeRequest(seen: RequestSeen): void {
    const signature = requestSignature(seen);
    if (signature === null) return;
    const fault = lineFault(seen.line, seen);
    if (signature === 'http-error') this.#groups.addNotEnough(fault, 'http-error');
    else this.#groups.addTo(signature, fault, 'likely');
    this.#scanFailed = true;
    this.#recovery.failed(fault);
  }

  #takeClue(clue: Clue, { line, text }: NumberedLine, normal: string): void {
    if (clue === 'names-the-edit') {
      this.#namesTheEdit = true;
      return;
    }
    const prefix = readPrefix(normal);
    const time = prefix?.time ?? null;
    const evidence: FaultLine = { line, text, source: prefix?.source ?? this.#known ?? 'unknown' };
    if (clue === 'test-detectoid') {
      this.#groups.addTestDetectoid(lineFault(evidence, { time }));
      return;
    }
    const fault = lineFault(evidence, { time, ...faultsOfClues[clue] });
    this.#take(fault, false);
  }

  finish(size: TextSize): Diagnosis {
    this.#endRun();
    this.#observer.end();
    this.#joiner.end();
    this.#repeated.end();
    const recovered = this.#recovery.recovered();
    const groups = this.#groups.ranked(this.#scanWorked && !this.#scanFailed, recovered);
    const findings = groups.map((group) => this.#withAftermath(group.finding(), recovered?.at ?? null));
    const [first] = findings;
    const verdict = first?.signature ?? 'no-fault';
    const system = clientSystemOf(first?.evidence.map(({ text }) => text) ?? []) ?? this.#system;
    return {
      verdict,
      mayPropose: signatureById(verdict).mayPropose,
      isExample: first?.isExample ?? false,
      quotesGeneralPage: verdict === 'not-enough-evidence' && this.#namesTheEdit,
      hresults: weighCodes(groups),
      findings,
      askFor: asksFor(first, system),
      ...size,
    };
  }

  /** What happened after the last fault, as far as clocks can be compared. */
  #withAftermath(finding: Finding, recoveredAt: LogTime | null): Finding {
    const isScan = isScanFailure(finding.signature);
    // One server's log tells of its own restarts only.
    const oneServer = this.#texts === 1 && finding.servers.length <= 1;
    const restarted = oneServer && isLater(this.#restartedAt, finding.lastSeen) === true;
    return {
      ...finding,
      recoveredAt: isScan ? recoveredAt : null,
      comesAndGoes: isScan && this.#recovery.comesAndGoes,
      restartedAt: restarted ? this.#restartedAt : null,
      worksOn: isScan ? this.#recovery.worksOn() : [],
    };
  }
}

/** @returns a reader of one text or of several. */
export const createDiagnoser = (options: DiagnoserOptions = {}): Diagnoser => new StreamingDiagnoser(options);
