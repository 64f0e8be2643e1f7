/** Bytes in pieces of any size in, lines of ASCII text out; holds no more than `longest` bytes of one that has not ended. */
export class LineSplitter {
  readonly #longest: number;
  #rest: Buffer[] = [];
  #held = 0;
  #isTooLong = false;

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** A line went beyond the limit: nothing more comes out. */
  get isTooLong(): boolean {
    return this.#isTooLong;
  }

  /** The lines that these bytes complete, without their ends. */
  push(bytes: Buffer): string[] {
    const lines: string[] = [];
    let from = 0;
    while (!this.#isTooLong) {
      const end = bytes.indexOf(0x0a, from);
      this.#hold(bytes.subarray(from, end === -1 ? bytes.length : end));
      if (end === -1 || this.#isTooLong) break;
      lines.push(Buffer.concat(this.#rest).toString('latin1'));
      this.#rest = [];
      this.#held = 0;
      from = end + 1;
    }
    return lines;
  }

  #hold(bytes: Buffer): void {
    this.#held += bytes.length;
    if (this.#held > this.#longest) {
      this.#isTooLong = true;
      this.#rest = [];
    } else if (bytes.length > 0) this.#rest.push(bytes);
  }
}
