import type { Fault } from './fault.ts';
import { mergeFaults, sharedIdOf } from './merge-same-id.ts';
import { RecentKeys } from './recent-keys.ts';

/** Renderings of one fault that stand this many faults apart become one fault. */
const heldOpen = 256;
/** IDs that are remembered after that, so that a late rendering (the server's log behind the client's) is not counted again. */
const remembered = 10_000;

const isKnown = ({ time }: Fault): boolean => time !== null && time.zone !== 'local';

/**
 * Joins the renderings of a fault by its ID, in constant memory.
 *
 * @param tell Gets every fault once, in order of appearance; `again` is a late rendering of a fault that was told before.
 */
export class SameIdJoiner {
  readonly #open = new Map<string, Fault>();
  /** Whether the fault that was told had a time that everybody understands. */
  readonly #told = new RecentKeys<string, boolean>(remembered);
  readonly #tell: (fault: Fault, again: boolean) => void;

  constructor(tell: (fault: Fault, again: boolean) => void) {
    this.#tell = tell;
  }

  take(fault: Fault): void {
    const id = sharedIdOf(fault);
    if (id === null) {
      this.#tell(fault, false);
      return;
    }
    const open = this.#open.get(id);
    if (open !== undefined) this.#open.set(id, mergeFaults(open, fault));
    else if (this.#told.get(id) !== undefined) this.#tell(this.#withNewTime(id, fault), true);
    else this.#open.set(id, fault);
    if (this.#open.size >= 2 * heldOpen) this.#close(heldOpen);
  }

  /** @returns whether no rendering of this fault was taken; it counts as told from then on, with a time that has a zone. */
  isNew(id: string): boolean {
    if (this.#open.has(id) || this.#told.get(id) !== undefined) return false;
    this.#told.set(id, true);
    return true;
  }

  end(): void {
    this.#close(this.#open.size);
  }

  /** A late rendering counts in the timeline only when it is the first whose time has a zone. */
  #withNewTime(id: string, fault: Fault): Fault {
    if (!isKnown(fault) || this.#told.get(id) === true) return { ...fault, time: null };
    this.#told.set(id, true);
    return fault;
  }

  #close(count: number): void {
    let left = count;
    for (const [id, fault] of this.#open) {
      if (left === 0) break;
      left -= 1;
      this.#open.delete(id);
      this.#told.set(id, isKnown(fault));
      this.#tell(fault, false);
    }
  }
}
