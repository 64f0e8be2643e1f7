import { mkdirSync } from 'node:fs';
import type { Activation, ProgressStep, Report, Worker } from '../../contract.ts';
import type { HostFault } from '../misbehaviour.ts';
import type { Limits } from '../practice-servers.ts';
import { type ActingCall, ActingLock } from './acting-lock.ts';
import { FunctionFailure } from './function-failure.ts';
import { HostFaults } from './host-faults.ts';
import { type Health, type IisSettings, PracticeIis } from './practice-iis.ts';

/** Tells the caller that a step begins; ends when the function may go on. */
export type StepListener = (step: ProgressStep) => Promise<void>;

/** A server's state as it outlives shells and connections, with the counts of what was done to it. */
export class SimulatedHost {
  readonly settings: IisSettings;
  readonly iis: PracticeIis;
  readonly lock = new ActingLock();
  /** Not the owner that Web.config came with: a fault kept him from being put back. */
  ownerIsAdministrators = false;
  writes = 0;
  readonly #faults = new HostFaults();

  constructor(settings: IisSettings) {
    this.settings = settings;
    this.iis = new PracticeIis(settings, this.#faults);
    mkdirSync(settings.folder.backups, { recursive: true });
  }

  get isWsus(): boolean {
    return this.settings.spec.limits !== undefined;
  }

  get worker(): Worker | null {
    return this.iis.worker;
  }

  get effectiveLimits(): Limits {
    return this.iis.effectiveLimits;
  }

  get restarts(): readonly Activation[] {
    return this.iis.restarts;
  }

  /** The one acting function that runs now. It goes on when its caller has gone. */
  get activity(): ActingCall | null {
    return this.lock.running;
  }

  /** Sets the faults, in place of those before. `config` is Web.config as it is now: some faults last while it differs. */
  setFaults(faults: readonly HostFault[], config: Uint8Array | undefined): void {
    this.#faults.set(faults, config);
  }

  has(fault: HostFault['host']): boolean {
    return this.#faults.has(fault);
  }

  /** Runs the faults that are set for a step of a function. Throws FunctionFailure. */
  async atStep(functionName: string, step: ProgressStep): Promise<void> {
    for (const fault of this.#faults.all) {
      if (fault.host !== 'slow-step' && fault.host !== 'error-at-step') continue;
      if (fault.step !== step || (fault.functionName ?? functionName) !== functionName) continue;
      if (fault.host === 'error-at-step') throw new FunctionFailure(fault.text, 'PracticeFault');
      await this.settings.wait(fault.milliseconds);
    }
  }

  askService(): Health {
    return this.iis.askService();
  }

  /** The report's part about acting functions; `sha256` is the hash of Web.config as it is now. */
  activityPart(sha256: string | undefined): Extract<Report['activity'], { ok: true }> {
    return { ok: true, ...this.lock.tell(sha256) };
  }
}
