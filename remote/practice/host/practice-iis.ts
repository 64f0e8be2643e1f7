import { existsSync, readFileSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import type { Activation, Worker } from '../../contract.ts';
import { limitKeys } from '../../contract.ts';
import type { PracticeFolder } from '../practice-folder.ts';
import type { Limits, PracticeServerSpec } from '../practice-servers.ts';
import { workerStartLine } from '../software-distribution-log.ts';
import { isWellFormed, readLimit } from './edit-digits.ts';
import type { HostFaults } from './host-faults.ts';

export interface IisSettings {
  readonly spec: PracticeServerSpec;
  readonly folder: PracticeFolder;
  readonly workerPid: number;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** How long a restart takes: half of it until the worker is there, half until it answers. */
  readonly restartMilliseconds: number;
}

export interface Health {
  readonly versionStatus: number;
  readonly getConfigStatus: number;
  readonly getConfigIsSoap: boolean;
  readonly getConfigMilliseconds: number;
}

/**
 * The IIS of a practice server, behind every engine: the worker process of WSUS, what it has read from Web.config, what its
 * web service answers. Goes on with a restart when whoever asked for it has gone.
 */
export class PracticeIis {
  readonly #settings: IisSettings;
  readonly #faults: HostFaults;
  /** The activation of each restart, oldest first. */
  readonly restarts: Activation[] = [];
  worker: Worker | null;
  effectiveLimits: Limits;
  #serviceStatus: 200 | 500 | 503 = 200;
  #askedSinceStart = true;
  #lastPid: number;

  constructor(settings: IisSettings, faults: HostFaults) {
    const { spec, workerPid, now } = settings;
    this.#settings = settings;
    this.#faults = faults;
    this.#lastPid = workerPid;
    this.effectiveLimits = spec.effectiveLimits;
    const startedAt = new Date(now().getTime() - spec.workerAgeMinutes * 60_000);
    this.worker = spec.limits === undefined ? null : { pid: workerPid, startedAt: startedAt.toISOString() };
  }

  /** The first half of a restart: ends the worker and starts a new one, unless a fault says otherwise. */
  async restart(activation: Activation): Promise<void> {
    const { folder, wait, restartMilliseconds } = this.#settings;
    this.restarts.push(activation);
    const stays = this.#faults.has('restart-without-effect');
    if (!stays) this.#stopWorker();
    if (this.#faults.has('restart-never-ends')) await this.#faults.untilChanged();
    await wait(restartMilliseconds / 2);
    if (stays) return;
    this.#startWorker(await readFile(folder.webConfig));
    if (this.worker === null) return;
    const line = workerStartLine(this.worker.pid, new Date(this.worker.startedAt));
    await appendFile(folder.log, `${line}\r\n`);
  }

  /** The second half: until the new worker answers. */
  async answering(): Promise<void> {
    await this.#settings.wait(this.#settings.restartMilliseconds / 2);
  }

  /** What GET wusserverversion.xml and POST GetConfig come to. The first answer after a start is slow. */
  askService(): Health {
    const status = this.#status();
    const milliseconds = this.#askedSinceStart ? 21 : 819;
    this.#askedSinceStart = true;
    return {
      versionStatus: status,
      getConfigStatus: status,
      getConfigIsSoap: status === 200,
      getConfigMilliseconds: status === 200 ? milliseconds : 4,
    };
  }

  /** ASP.NET reads a Web.config that changed at once, and answers 500 from then on when it is no XML. */
  #status(): 200 | 500 | 503 {
    const { webConfig } = this.#settings.folder;
    if (this.#serviceStatus !== 200 || !existsSync(webConfig)) return this.#serviceStatus;
    return isWellFormed(readFileSync(webConfig)) ? 200 : 500;
  }

  #stopWorker(): void {
    this.worker = null;
    this.#serviceStatus = 503;
  }

  #startWorker(config: Uint8Array): void {
    const status = this.#faults.workerOn(config);
    if (status === undefined) return;
    this.#serviceStatus = status;
    this.#lastPid += 2504;
    this.#askedSinceStart = false;
    this.worker = { pid: this.#lastPid, startedAt: this.#settings.now().toISOString() };
    this.effectiveLimits = Object.fromEntries(
      limitKeys.map((key) => [key, readLimit(config, key)]).filter(([, value]) => value !== undefined),
    );
  }
}
