/** A copy of its own: a part of a line holds on to the whole line. */
const detached = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** A set that stops growing: it knows its members up to a number, and says when there were more. */
export class CappedSet {
  readonly #members = new Set<string>();
  readonly #most: number;
  #overflowed = false;

  constructor(most: number) {
    this.#most = most;
  }

  add(member: string): void {
    if (this.#members.has(member)) return;
    if (this.#members.size < this.#most) this.#members.add(detached(member));
    else this.#overflowed = true;
  }

  addAll(other: CappedSet): void {
    for (const member of other.#members) this.add(member);
    this.#overflowed ||= other.#overflowed;
  }

  get size(): number {
    return this.#members.size;
  }

  /** There were more than are counted. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  /** @returns the first ones, in order of appearance. */
  first(most: number): string[] {
    return [...this.#members].slice(0, most);
  }
}
