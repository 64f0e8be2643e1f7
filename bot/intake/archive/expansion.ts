import { IntakeError } from '../intake-error.ts';

export interface OpenLimits {
  /** Bytes that all entries of a file together may unpack to. */
  readonly bytes: number;
  /** Bytes that one packed byte may unpack to, once more than 16 MiB came out. Logs stay below 100. */
  readonly ratio: number;
  readonly entries: number;
}

const defaultLimits: OpenLimits = { bytes: 8 * 1024 ** 3, ratio: 250, entries: 1_000 };

const unsuspicious = 16 * 1024 ** 2;

/** Counts what comes out of one file with all its archives, and refuses what swells too much. */
export class Expansion {
  readonly #doing: string;
  readonly #limits: OpenLimits;
  /** Bytes of the file itself. */
  packed = 0;
  #unpacked = 0;
  #entries = 0;

  constructor(doing: string, limits: Partial<OpenLimits>) {
    this.#doing = doing;
    this.#limits = { ...defaultLimits, ...limits };
  }

  /** Throws an IntakeError. */
  addEntry(): void {
    this.#entries += 1;
    if (this.#entries > this.#limits.entries) {
      const reason = `it holds more than ${this.#limits.entries} files`;
      throw new IntakeError('intake.archive-crowded', this.#doing, { reason });
    }
  }

  /** Throws an IntakeError. */
  addBytes(count: number): void {
    this.#unpacked += count;
    const { bytes, ratio } = this.#limits;
    const swells = this.#unpacked > unsuspicious && this.#unpacked > this.packed * ratio;
    if (this.#unpacked <= bytes && !swells) return;
    throw new IntakeError('intake.archive-swells', this.#doing);
  }

  /** Counts the bytes of the file as they are read. */
  async *file(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      this.packed += chunk.length;
      yield chunk;
    }
  }

  /** Counts what an archive gives out. */
  async *contents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      this.addBytes(chunk.length);
      yield chunk;
    }
  }
}
