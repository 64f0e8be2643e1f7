/** At most so many sends in so many milliseconds, wherever that span begins. */
export interface Limit {
  readonly within: number;
  readonly most: number;
}

/**
 * What one conversation may be sent under several limits at once. A send counts from its beginning, and for the whole span
 * after its end: when exactly it arrived between the two is not known here, so however long the way took, who receives them
 * never counts more. Times are milliseconds of a clock that never goes back.
 */
export class SendRate {
  /** When the sends ended that still count, oldest first. */
  #ended: number[] = [];
  #underWay = 0;

  begin(): void {
    this.#underWay += 1;
  }

  end(now: number): void {
    this.#underWay -= 1;
    this.#ended.push(now);
  }

  /** From when on the next send may begin; infinite while it waits for one that is under way. */
  readyAt(limits: readonly Limit[]): number {
    return Math.max(...limits.map((limit) => this.#readyUnder(limit)));
  }

  #readyUnder({ within, most }: Limit): number {
    const mayCount = most - 1 - this.#underWay;
    if (mayCount < 0) return Number.POSITIVE_INFINITY;
    const last = this.#ended.at(-1 - mayCount);
    return last === undefined ? 0 : last + within;
  }

  /** Gives back what counts no more under any of the limits. True when nothing is left. */
  forget(limits: readonly Limit[], now: number): boolean {
    const longest = Math.max(...limits.map(({ within }) => within));
    const first = this.#ended.findIndex((at) => at + longest > now);
    this.#ended.splice(0, first === -1 ? this.#ended.length : first);
    return this.#ended.length === 0 && this.#underWay === 0;
  }
}
