import type { Report } from '../../contract.ts';

/** An acting function as the report tells of it. */
export interface ActingCall {
  readonly functionName: string;
  readonly changeId: string;
  readonly startedAt: string;
}

/** What an acting function is called for; a restart names no file. */
export interface ActingHashes {
  readonly sha256Before?: string;
  readonly sha256After?: string;
}

type Activity = Extract<Report['activity'], { ok: true }>;

/** The process of a function was killed: it does nothing more. */
class Killed extends Error {}

/** One acting function at a time, and what the last one left when its process was killed. */
export class ActingLock {
  #life: Life | undefined;
  #interrupted: Life | undefined;

  get running(): ActingCall | null {
    return this.#life?.call ?? null;
  }

  /** Takes the lock. What a killed function left counts as mended from here on. */
  take(call: ActingCall, hashes: ActingHashes): Life {
    const life = new Life(call, hashes);
    this.#life = life;
    this.#interrupted = undefined;
    return life;
  }

  release(life: Life): void {
    if (this.#life === life) this.#life = undefined;
  }

  /** Ends the function that runs, at once. */
  kill(): void {
    if (this.#life === undefined) return;
    this.#life.end();
    this.#interrupted = this.#life;
    this.#life = undefined;
  }

  tell(sha256: string | undefined): Pick<Activity, 'running' | 'interrupted'> {
    const left = this.#interrupted;
    const interrupted =
      left === undefined
        ? null
        : { ...left.call, step: left.step, file: left.fileIs(sha256), leftDifferent: [] };
    return { running: this.running, interrupted };
  }
}

/** One acting function from its start to its end. */
export class Life {
  readonly call: ActingCall;
  readonly #hashes: ActingHashes;
  #step = 'start';
  #alive = true;

  constructor(call: ActingCall, hashes: ActingHashes) {
    this.call = call;
    this.#hashes = hashes;
  }

  get step(): string {
    return this.#step;
  }

  at(step: string): void {
    this.assertAlive();
    this.#step = step;
  }

  end(): void {
    this.#alive = false;
  }

  /** @throws Killed */
  assertAlive(): void {
    if (!this.#alive) throw new Killed('the process of this function was killed');
  }

  fileIs(sha256: string | undefined): NonNullable<Activity['interrupted']>['file'] {
    const { sha256Before, sha256After } = this.#hashes;
    if (sha256 === undefined || sha256Before === undefined) return 'unread';
    if (sha256 === sha256Before) return 'before';
    return sha256 === sha256After ? 'after' : 'other';
  }
}
