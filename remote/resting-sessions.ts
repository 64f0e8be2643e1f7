/** Sessions of several servers that are open and have nothing to do: when there are too many, the one that has rested longest is closed. */
export class RestingSessions {
  readonly #most: number;
  /** In the order in which they went to rest. */
  readonly #resting = new Set<() => void>();

  /** @param most that may rest at once */
  constructor(most: number) {
    this.#most = most;
  }

  /** @param close of the session; its identity, too */
  add(close: () => void): void {
    this.#resting.add(close);
    if (this.#resting.size <= this.#most) return;
    const [longest] = this.#resting;
    if (longest === undefined) return;
    this.#resting.delete(longest);
    longest();
  }

  /** It works again, or is no more. */
  remove(close: () => void): void {
    this.#resting.delete(close);
  }
}
