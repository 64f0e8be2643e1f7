import type { Fault } from '../faults/fault.ts';
import { instant } from '../records/log-time.ts';

/** KB 5121986: what clients log when a server holds the test detectoids. */
export const floodCodes: ReadonlySet<string> = new Set([
  '80244010',
  '8024400E',
  '80244007',
  '80244022',
  '80240439',
  '80072EE2',
]);
/** Microsoft published them on this day. */
const published = Date.parse('2026-07-13T00:00:00Z');
/** One or two of the codes have everyday causes. */
const enoughDated = 3;
const enoughUndated = 4;

/**
 * Collects what speaks for the test detectoids of KB 5121986: several of their codes side by side, none of them explained by a fault's
 * detail. A suspicion, never more: only a line that names one of the products proves it.
 */
export class FloodTally {
  readonly #dated = new Set<string>();
  readonly #undated = new Set<string>();

  /** @param fault A code whose cause nothing else in the text names. */
  add({ hresults, time }: Fault): void {
    if (time !== null && instant(time) < published) return;
    const codes = time === null ? this.#undated : this.#dated;
    for (const code of hresults) if (floodCodes.has(code)) codes.add(code);
  }

  addAll(other: FloodTally): void {
    for (const code of other.#dated) this.#dated.add(code);
    for (const code of other.#undated) this.#undated.add(code);
  }

  get isSuspected(): boolean {
    const all = new Set([...this.#dated, ...this.#undated]);
    return this.#dated.size >= enoughDated || all.size >= enoughUndated;
  }
}
