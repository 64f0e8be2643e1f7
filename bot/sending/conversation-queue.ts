import type { Letter } from './letter.ts';
import { type Limit, SendRate } from './send-rate.ts';

/** A letter that was not sent yet, and everybody who wants to know how it ends. */
export interface Waiting {
  letter: Letter;
  attempts: number;
  /** Of the last attempt. */
  failure: Error | undefined;
  notBefore: number;
  readonly told: { resolve(id: string): void; reject(error: unknown): void }[];
}

/** What waits for one conversation, one being sent at a time so that nothing overtakes itself. Times are milliseconds. */
export class ConversationQueue {
  readonly rate = new SendRate();
  #waiting: Waiting[] = [];
  #isSending = false;
  #restsUntil = 0;

  get length(): number {
    return this.#waiting.length;
  }

  /** Puts a letter at the end, or in the place of the one that waits for the same message. */
  add(entry: Waiting): void {
    const other = this.#waitingFor(entry.letter.replaces);
    if (other === undefined) {
      this.#waiting.push(entry);
      return;
    }
    const urgency = other.letter.urgency === 'answer' ? 'answer' : entry.letter.urgency;
    other.letter = { ...entry.letter, urgency };
    other.told.push(...entry.told);
  }

  /** Back in front of the others; a newer state of the same message that came meanwhile goes in its stead. */
  addAgain(entry: Waiting, notBefore: number): void {
    const newer = this.#waitingFor(entry.letter.replaces);
    if (newer === undefined) {
      this.#waiting.unshift({ ...entry, notBefore });
      return;
    }
    newer.told.push(...entry.told);
    newer.notBefore = notBefore;
  }

  #waitingFor(message: string | undefined): Waiting | undefined {
    return message === undefined
      ? undefined
      : this.#waiting.find(({ letter }) => letter.replaces === message);
  }

  rest(until: number): void {
    this.#restsUntil = Math.max(this.#restsUntil, until);
  }

  /** From when on the next one may go, of this urgency; infinite while that depends on something else than time. */
  readyAt(urgency: Letter['urgency'], limits: readonly Limit[]): number {
    if (this.#isSending) return Number.POSITIVE_INFINITY;
    const times = this.#waiting
      .filter(({ letter }) => letter.urgency === urgency)
      .map(({ notBefore }) => notBefore);
    return Math.max(
      Math.min(Number.POSITIVE_INFINITY, ...times),
      this.#restsUntil,
      this.rate.readyAt(limits),
    );
  }

  /** The next one of this urgency that may go at this moment; it is under way until `ended`. */
  begin(urgency: Letter['urgency'], now: number): Waiting | undefined {
    const at = this.#waiting.findIndex(
      ({ letter, notBefore }) => letter.urgency === urgency && notBefore <= now,
    );
    const [entry] = at === -1 ? [] : this.#waiting.splice(at, 1);
    if (entry === undefined) return undefined;
    this.#isSending = true;
    this.rate.begin();
    return entry;
  }

  ended(now: number): void {
    this.#isSending = false;
    this.rate.end(now);
  }

  /** Those whose time is over. */
  takeExpired(now: number): Waiting[] {
    const expired = this.#waiting.filter(({ letter }) => letter.notAfter < now);
    if (expired.length > 0) this.#waiting = this.#waiting.filter(({ letter }) => letter.notAfter >= now);
    return expired;
  }

  /** When the first of them is too late. */
  expiresAt(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.#waiting.map(({ letter }) => letter.notAfter));
  }

  /** The oldest that only tells how far something is: it gives its room to an answer. */
  takeProgress(): Waiting | undefined {
    const at = this.#waiting.findIndex(({ letter }) => letter.urgency === 'progress');
    return at === -1 ? undefined : this.#waiting.splice(at, 1)[0];
  }

  /** The one that came last. */
  takeNewest(): Waiting | undefined {
    return this.#waiting.pop();
  }

  takeAll(): Waiting[] {
    return this.#waiting.splice(0);
  }

  isIdle(limits: readonly Limit[], now: number): boolean {
    return (
      this.#waiting.length === 0 &&
      !this.#isSending &&
      this.#restsUntil <= now &&
      this.rate.forget(limits, now)
    );
  }
}
