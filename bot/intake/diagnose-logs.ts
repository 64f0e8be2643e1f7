import { createDiagnoser, type Diagnoser } from '../diagnosis/diagnoser.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { SourceLog } from '../diagnosis/faults/fault.ts';
import { sourceByName } from '../diagnosis/records/source-log.ts';
import type { OpenLimits } from './archive/expansion.ts';
import type { ByteSource } from './byte-source.ts';
import { sourceOfChunks } from './byte-source.ts';
import { openLogs, type SkippedFile } from './open-logs.ts';
import { readLog } from './read-log.ts';

/** Where the lines of one log stand among all lines that were read. */
export interface LogPart {
  /** The file, and after "›" what it is called in its archive. Outside text. */
  readonly name: string;
  /** Number of its first line among all. */
  readonly firstLine: number;
  readonly lines: number;
}

export interface DiagnoseLogsOptions {
  /** Ends the reading; what runs is rejected with its reason. */
  readonly signal?: AbortSignal;
  /** Told after each block how many bytes of the files themselves, packed or not, were read so far. */
  readonly onProgress?: (read: number) => void;
  /** Bytes of text that are read of one log; the rest is left and `truncated` says so. */
  readonly cap?: number;
  /** For each archive. */
  readonly limits?: Partial<OpenLimits>;
}

/** Reads several files as one text, in their order: the same fault in a client's log and in a server's is joined by its ID. */
export class LogsDiagnoser {
  #diagnoser: Diagnoser | undefined;
  readonly #options: DiagnoseLogsOptions;
  readonly #parts: LogPart[] = [];
  readonly #skipped: SkippedFile[] = [];
  #lines = 0;
  #bytes = 0;
  #truncated = false;
  /** Of the files that are done, and of all with the one that is being read. */
  #filesRead = 0;
  #fileBytes = 0;

  constructor(options: DiagnoseLogsOptions = {}) {
    this.#options = options;
  }

  /** Logs that were read, in order. */
  get parts(): readonly LogPart[] {
    return this.#parts;
  }

  /** Files in archives that are no logs. */
  get skipped(): readonly SkippedFile[] {
    return this.#skipped;
  }

  /** One plain log, read straight from its source: the quickest way. */
  async addLog(name: string, source: ByteSource): Promise<void> {
    await this.#read(name, source, (read) => this.#progress(read));
    this.#filesRead = this.#fileBytes;
  }

  /** A file of any kind. Throws an IntakeError for what cannot be read, and what its source throws. */
  async addFile(name: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const { limits = {} } = this.#options;
    const counted = this.#counted(bytes);
    const before = this.#parts.length;
    const skipped: SkippedFile[] = [];
    for await (const log of openLogs(counted, { name, limits, onSkipped: (file) => skipped.push(file) })) {
      const source = sourceOfChunks(log.bytes);
      const within = log.inside.length === 0 ? log.name : [...log.inside, log.name].join(' › ');
      await this.#read(within, source, () => undefined);
      await source.close();
    }
    this.#filesRead = this.#fileBytes;
    this.#skipped.push(...skipped);
    const [first] = skipped;
    if (first !== undefined && this.#parts.length === before) throw first.error;
  }

  /** What all of them mean together. Call it once. */
  finish(): Diagnosis {
    const size = { lines: this.#lines, bytes: this.#bytes, truncated: this.#truncated };
    return (this.#diagnoser ?? createDiagnoser()).finish(size);
  }

  #progress(read: number): void {
    this.#fileBytes = this.#filesRead + read;
    this.#options.onProgress?.(this.#fileBytes);
  }

  async *#counted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let read = 0;
    for await (const chunk of bytes) {
      this.#options.signal?.throwIfAborted();
      read += chunk.length;
      this.#progress(read);
      yield chunk;
    }
  }

  async #read(name: string, source: ByteSource, onProgress: (read: number) => void): Promise<void> {
    const { signal, cap } = this.#options;
    const known = sourceByName(name.split(/[/\\]| › /).at(-1) ?? name);
    const diagnoser = this.#next(known);
    const size = await readLog(source, (line) => diagnoser.line(line), {
      before: this.#lines,
      onProgress,
      ...(signal !== undefined && { signal }),
      ...(cap !== undefined && { cap }),
    });
    this.#parts.push({ name, firstLine: this.#lines + 1, lines: size.lines });
    this.#lines += size.lines;
    this.#bytes += size.bytes;
    this.#truncated ||= size.truncated;
  }

  #next(known: SourceLog | undefined): Diagnoser {
    if (this.#diagnoser === undefined)
      this.#diagnoser = createDiagnoser(known === undefined ? {} : { source: known });
    else this.#diagnoser.nextText(known);
    return this.#diagnoser;
  }
}
