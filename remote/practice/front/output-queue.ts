/** Output of a pool or a pipeline that waits to be fetched by Receive. */
export class OutputQueue {
  #chunks: Uint8Array[] = [];
  #ended = false;
  #broken = false;
  readonly #waiting = new Set<() => void>();

  get ended(): boolean {
    return this.#ended;
  }

  /** What would have come was lost with the engine. */
  get broken(): boolean {
    return this.#broken;
  }

  get empty(): boolean {
    return this.#chunks.length === 0;
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Ends it with all that nobody has fetched. */
  break(): void {
    this.#broken = true;
    this.#chunks = [];
    this.end();
  }

  /** Waits until there is output or the end. After `milliseconds`, or when the caller has gone, it ends all the same. */
  untilOutput(milliseconds: number, gone: AbortSignal): Promise<void> {
    return this.#until(() => this.#ended || this.#chunks.length > 0, milliseconds, gone);
  }

  untilEnd(milliseconds: number, gone: AbortSignal): Promise<void> {
    return this.#until(() => this.#ended, milliseconds, gone);
  }

  /** Takes whole chunks while their base64 fits in `room` characters, at least one. */
  take(room: number): Buffer[] {
    const taken: Buffer[] = [];
    let left = room;
    for (;;) {
      const [next] = this.#chunks;
      const size = next === undefined ? 0 : streamOverhead + Math.ceil(next.length / 3) * 4;
      if (next === undefined || (taken.length > 0 && size > left)) return taken;
      left -= size;
      taken.push(Buffer.from(next));
      this.#chunks = this.#chunks.slice(1);
    }
  }

  #wake(): void {
    for (const check of [...this.#waiting]) check();
  }

  #until(holds: () => boolean, milliseconds: number, gone: AbortSignal): Promise<void> {
    if (holds() || gone.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        gone.removeEventListener('abort', finish);
        this.#waiting.delete(check);
        resolve();
      };
      const check = (): void => {
        if (holds()) finish();
      };
      // A timer holds 31 bits; longer means for ever.
      const timer = setTimeout(finish, Math.min(milliseconds, 0x7fffffff));
      gone.addEventListener('abort', finish);
      this.#waiting.add(check);
    });
  }
}

const streamOverhead = 120;
