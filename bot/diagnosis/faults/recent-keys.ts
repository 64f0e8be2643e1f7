/** Remembers at least the last so many keys and at most twice as many, each with a value; the older half goes at once, so that it costs nothing. */
export class RecentKeys<Key, Value> {
  readonly #atLeast: number;
  #young = new Map<Key, Value>();
  #old = new Map<Key, Value>();

  constructor(atLeast: number) {
    this.#atLeast = atLeast;
  }

  get(key: Key): Value | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  set(key: Key, value: Value): void {
    if (this.#young.size >= this.#atLeast && !this.#young.has(key)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}
