import type { RemoteError } from '../remote-error.ts';
import type { AnyCommand, NamedCommand } from './messages/create-pipeline.ts';
import type { ErrorDetails } from './messages/error-record.ts';

/** Stands between a pool and the session where its commands are to run: each goes as a command of the relay's own. */
export interface Relay {
  command(command: NamedCommand): AnyCommand;
  script(text: string): AnyCommand;
  /** What an error of the relay's own says about the way to the session behind; undefined for one that came from there. */
  loss(failure: ErrorDetails, doing: string): RemoteError | undefined;
  /** Ends the session behind. */
  readonly ending: AnyCommand;
}
