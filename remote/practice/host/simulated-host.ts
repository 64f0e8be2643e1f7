import type { Activation, ProgressStep, Worker } from '../../contract.ts';
import { limitKeys } from '../../contract.ts';
import type { HostFault } from '../misbehaviour.ts';
import type { PracticeFolder } from '../practice-folder.ts';
import type { Limits, PracticeServerSpec } from '../practice-servers.ts';
import { readLimit } from './edit-digits.ts';
import { FunctionFailure } from './function-failure.ts';
import { sha256Of } from './sha256.ts';

/** An acting function that is at work, as the report tells of it. */
export interface Activity {
  readonly functionName: string;
  readonly changeId: string;
  readonly startedAt: string;
}

/** Tells the caller that a step begins; ends when the function may go on. */
export type StepListener = (step: ProgressStep) => Promise<void>;

export interface HostSettings {
  readonly spec: PracticeServerSpec;
  readonly folder: PracticeFolder;
  readonly workerPid: number;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** How long a restart takes. */
  readonly restartMilliseconds: number;
}

export interface Health {
  readonly versionStatus: number;
  readonly getConfigStatus: number;
  readonly getConfigIsSoap: boolean;
  readonly getConfigMilliseconds: number;
}

/**
 * A server's state as it outlives shells and connections: its worker process, what that process has read from Web.config, and
 * counts of what was done to it.
 */
export class SimulatedHost {
  readonly settings: HostSettings;
  worker: Worker | null;
  effectiveLimits: Limits;
  writes = 0;
  /** The one acting function that runs now. It goes on when its caller has gone. */
  activity: Activity | null = null;
  /** The activation of each restart, oldest first. */
  readonly restarts: Activation[] = [];
  #serviceStatus: 200 | 500 | 503 = 200;
  #askedSinceStart = true;
  #faults: readonly HostFault[] = [];
  #faultsChanged = Promise.withResolvers<void>();
  #hashWhenFaulty = '';
  #lastPid: number;

  constructor(settings: HostSettings) {
    const { spec, workerPid, now } = settings;
    this.settings = settings;
    this.#lastPid = workerPid;
    this.effectiveLimits = spec.effectiveLimits;
    const startedAt = new Date(now().getTime() - spec.workerAgeMinutes * 60_000);
    this.worker = spec.limits === undefined ? null : { pid: workerPid, startedAt: startedAt.toISOString() };
  }

  get isWsus(): boolean {
    return this.settings.spec.limits !== undefined;
  }

  /** Sets the faults, in place of those before. `config` is Web.config as it is now: some faults last while it differs. */
  setFaults(faults: readonly HostFault[], config: Uint8Array | undefined): void {
    this.#faults = faults;
    this.#hashWhenFaulty = config === undefined ? '' : sha256Of(config);
    this.#faultsChanged.resolve();
    this.#faultsChanged = Promise.withResolvers<void>();
  }

  has(fault: HostFault['host']): boolean {
    return this.#faults.some(({ host }) => host === fault);
  }

  untilFaultsChange(): Promise<void> {
    return this.#faultsChanged.promise;
  }

  /** Runs the faults that are set for a step of a function. Throws FunctionFailure. */
  async atStep(functionName: string, step: ProgressStep): Promise<void> {
    for (const fault of this.#faults) {
      if (fault.host !== 'slow-step' && fault.host !== 'error-at-step') continue;
      if (fault.step !== step || (fault.functionName ?? functionName) !== functionName) continue;
      if (fault.host === 'error-at-step') throw new FunctionFailure(fault.text, 'PracticeFault');
      await this.settings.wait(fault.milliseconds);
    }
  }

  stopWorker(): void {
    this.worker = null;
    this.#serviceStatus = 503;
  }

  /** Starts a worker process on this Web.config: it reads its limits, then answers, unless a fault says otherwise. */
  startWorker(config: Uint8Array): void {
    this.#serviceStatus = this.#statusOn(config);
    if (this.#serviceStatus === 503) return;
    this.#lastPid += 2504;
    this.#askedSinceStart = false;
    this.worker = { pid: this.#lastPid, startedAt: this.settings.now().toISOString() };
    this.effectiveLimits = Object.fromEntries(
      limitKeys.map((key) => [key, readLimit(config, key)]).filter(([, value]) => value !== undefined),
    );
  }

  /** Asks the web service, as GET wusserverversion.xml and POST GetConfig do. The first answer after a start is slow. */
  askService(): Health {
    const status = this.#serviceStatus;
    const milliseconds = this.#askedSinceStart ? 21 : 819;
    this.#askedSinceStart = true;
    return {
      versionStatus: status,
      getConfigStatus: status,
      getConfigIsSoap: status === 200,
      getConfigMilliseconds: status === 200 ? milliseconds : 4,
    };
  }

  #statusOn(config: Uint8Array): 200 | 500 | 503 {
    const differs = sha256Of(config) !== this.#hashWhenFaulty;
    if (this.has('service-503-always') || (differs && this.has('service-503-after-restart'))) return 503;
    return differs && this.has('service-500-after-restart') ? 500 : 200;
  }
}
