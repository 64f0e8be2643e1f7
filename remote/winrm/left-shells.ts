/** As many as could be left before the oldest has ended by itself, and few enough for the five that an old server gives a user. */
const most = 3;

/**
 * Shells at one server whose connection is gone, with nothing in them that may not be cut off. The server keeps each until its idle time is
 * over and counts it against a quota (30 for a user, 5 on old servers), so the next connection deletes them before it makes its own.
 */
export class LeftShells {
  readonly #ids = new Set<string>();

  add(shellId: string | undefined): void {
    if (shellId === undefined) return;
    this.#ids.add(shellId);
    const [oldest] = this.#ids;
    if (this.#ids.size > most && oldest !== undefined) this.#ids.delete(oldest);
  }

  /** Hands each to `discard` and forgets it when that went well. */
  async discardAll(discard: (shellId: string) => Promise<void>): Promise<void> {
    for (const id of [...this.#ids]) {
      await discard(id);
      this.#ids.delete(id);
    }
  }
}
