import type { NamedCommand } from './messages/create-pipeline.ts';
import type { ParameterValue } from './messages/pipeline-data.ts';

type RelayCommand = NamedCommand<ParameterValue>;

/** Stands between a pool and the session where its commands are to run: each goes as a command of the relay's own. */
export interface Relay {
  command(command: NamedCommand): RelayCommand;
  script(text: string): RelayCommand;
  /** Ends the session behind. */
  readonly ending: RelayCommand;
}
