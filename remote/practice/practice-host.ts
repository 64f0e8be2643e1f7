import type { StartCommandLine } from './command-line.ts';
import type { Engine } from './engine.ts';
import type { HostFault } from './misbehaviour.ts';
import type { Limits } from './practice-servers.ts';

/** What was done to a practice server. */
export interface PracticeStats {
  /** Restarts of the web service since the server was made. */
  readonly restarts: number;
  /** Times Web.config was replaced. */
  readonly writes: number;
}

/** The machine of a practice server, behind its WinRM front. */
export interface PracticeHost {
  /** Its session configurations by their names in lower case. */
  readonly endpoints: ReadonlyMap<string, Engine>;
  /** Undefined: it has no command shell. */
  readonly commandLine?: StartCommandLine;
  stats(): PracticeStats;
  /** The limits that the running worker process has read from Web.config. */
  effectiveLimits(): Limits;
  /** Sets the faults, in place of those before. `config` is Web.config as it is now: some faults last while it differs. */
  setFaults(faults: readonly HostFault[], config: Uint8Array | undefined): void;
  /** Ends every session's process at once, with whatever it is doing. */
  killEngine(): void;
  /** Ends all that runs, and resolves when it has ended. */
  close(): Promise<void>;
}
