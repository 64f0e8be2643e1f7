import type { PracticeServer } from '../../../../remote/practice/practice-server.ts';
import type { PracticeServers, StartOptions } from '../../../../remote/practice/start-practice-servers.ts';

/** What not every engine has. */
export type Capability =
  /** Shows the contract's functions and nothing else; scripts are refused. */
  | 'lists-functions'
  /** Ctrl+C ends the function itself, not only what the caller hears of it. */
  | 'stops-functions'
  /** Files have more than one name, and each its owner and DACL. */
  | 'hard-links'
  | 'unicode-paths';

/** An engine behind practice servers, and where it cannot be like the others. */
export interface EngineUnderTest {
  readonly name: string;
  /** Why its tests are left out; false when they are not. */
  readonly skip: string | false;
  readonly has: ReadonlySet<Capability>;
  /** Starts practice servers with it; what it is given goes to `startPracticeServers`. */
  start(options: Pick<StartOptions, 'specs' | 'root' | 'restartMilliseconds'>): Promise<PracticeServers>;
  readonly differences: EngineDifferences;
}

/** Values that cannot be the same. All other values of all answers are. */
export interface EngineDifferences {
  /** A path as the simulated server names it (`C:\Program Files\…`), as this engine does. */
  path(server: PracticeServer, windowsPath: string): string;
  /** Attributes of an everyday file. */
  readonly attributes: string;
  /** Version of PowerShell. */
  readonly powerShell: RegExp;
  /** The site's port: 8530, or wherever the practice web service listens. */
  readonly port: 8530 | 'any';
}
