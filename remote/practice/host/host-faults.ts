import type { HostFault } from '../misbehaviour.ts';
import { sha256Of } from './sha256.ts';

/** The faults that are set on a practice server itself. */
export class HostFaults {
  #faults: readonly HostFault[] = [];
  #changed = Promise.withResolvers<void>();
  #hashWhenSet = '';

  /** Sets the faults, in place of those before. `config` is Web.config as it is now: some faults last while it differs. */
  set(faults: readonly HostFault[], config: Uint8Array | undefined): void {
    this.#faults = faults;
    this.#hashWhenSet = config === undefined ? '' : sha256Of(config);
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  get all(): readonly HostFault[] {
    return this.#faults;
  }

  has(fault: HostFault['host']): boolean {
    return this.#faults.some(({ host }) => host === fault);
  }

  untilChanged(): Promise<void> {
    return this.#changed.promise;
  }

  /** What comes of a worker that is started on this Web.config: what it answers, or nothing when it does not start. */
  workerOn(config: Uint8Array): 200 | 500 | 503 | undefined {
    if (this.has('pool-does-not-start')) return undefined;
    if (this.has('service-503-always')) return 503;
    if (sha256Of(config) === this.#hashWhenSet) return 200;
    if (this.has('service-503-after-restart')) return 503;
    return this.has('service-500-after-restart') ? 500 : 200;
  }
}
