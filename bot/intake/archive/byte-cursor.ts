/** The stream ended before what was to be read. */
export class EndOfBytes extends Error {
  constructor() {
    super('reading an archive: it ends too early');
    this.name = 'EndOfBytes';
  }
}

/** Reads a stream of chunks by numbers of bytes, with a way back. */
export class ByteCursor {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #left: Uint8Array = new Uint8Array();
  #taken = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#iterator = chunks[Symbol.asyncIterator]();
  }

  /** Bytes that were taken from the beginning on. */
  get position(): number {
    return this.#taken;
  }

  /** @returns the next bytes without taking them; fewer at the end. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#left.length < count) {
      const next = await this.#iterator.next();
      if (next.done === true) break;
      this.#left = this.#left.length === 0 ? next.value : Buffer.concat([this.#left, next.value]);
    }
    return this.#left.subarray(0, count);
  }

  /** @returns exactly so many bytes. Throws EndOfBytes. */
  async take(count: number): Promise<Buffer> {
    const bytes = await this.peek(count);
    if (bytes.length < count) throw new EndOfBytes();
    this.#advance(count);
    return Buffer.from(bytes.buffer, bytes.byteOffset, count);
  }

  /** @returns what comes next, at least one byte and at most so many; undefined at the end. */
  async chunk(most: number): Promise<Uint8Array | undefined> {
    const bytes = this.#left.length > 0 ? this.#left.subarray(0, most) : await this.peek(1);
    const taken = bytes.length > 0 ? this.#left.subarray(0, most) : undefined;
    if (taken !== undefined) this.#advance(taken.length);
    return taken;
  }

  async skip(count: number): Promise<void> {
    let left = count;
    while (left > 0) {
      const bytes = await this.chunk(left);
      if (bytes === undefined) throw new EndOfBytes();
      left -= bytes.length;
    }
  }

  /** The last bytes that were taken come again. */
  putBack(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#left = Buffer.concat([bytes, this.#left]);
    this.#taken -= bytes.length;
  }

  /** Everything that is left, as a stream. */
  async *rest(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const bytes = await this.chunk(Number.POSITIVE_INFINITY);
      if (bytes === undefined) return;
      yield bytes;
    }
  }

  /** Tells the source that nothing more is wanted. */
  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  #advance(count: number): void {
    this.#left = this.#left.subarray(count);
    this.#taken += count;
  }
}
