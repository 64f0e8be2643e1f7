/** What has come and was not fetched yet, of one pipeline or of the pool. */
export class Inbox {
  readonly #most: number;
  #data: Buffer[] = [];
  #bytes = 0;
  #wake: (() => void) | undefined;

  /** @param most bytes that may ever come; what comes after them is thrown away */
  constructor(most: number) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#data.length === 0;
  }

  /** More came than may. */
  get isTooMuch(): boolean {
    return this.#bytes > this.#most;
  }

  put(data: Buffer): void {
    this.#bytes += data.length;
    if (this.isTooMuch) this.#data = [];
    else this.#data.push(data);
    this.wake();
  }

  take(): readonly Buffer[] {
    const data = this.#data;
    this.#data = [];
    return data;
  }

  /** Lets who waits look again. */
  wake(): void {
    this.#wake?.();
  }

  /** Waits until something comes, somebody wakes it, or the time is over. */
  filled(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
