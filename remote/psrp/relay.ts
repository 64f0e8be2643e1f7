import type { RemoteError } from '../remote-error.ts';
import type { NamedCommand } from './messages/create-pipeline.ts';
import type { ErrorDetails } from './messages/error-record.ts';
import type { ParameterValue } from './messages/pipeline-data.ts';

type RelayCommand = NamedCommand<ParameterValue>;

/** Stands between a pool and the session where its commands are to run: each goes as a command of the relay's own. */
export interface Relay {
  command(command: NamedCommand): RelayCommand;
  script(text: string): RelayCommand;
  /** What an error of the relay's own says about the way to the session behind; undefined for one that came from there. */
  loss(failure: ErrorDetails, doing: string): RemoteError | undefined;
  /** Ends the session behind. */
  readonly ending: RelayCommand;
}
