import type { NamedCommand } from './messages/create-pipeline.ts';

/** Stands between a pool and the session where its commands are to run: each goes as a command of the relay's own. */
export interface Relay {
  command(command: NamedCommand): NamedCommand;
  script(text: string): NamedCommand;
  /** Ends the session behind. */
  readonly ending: NamedCommand;
}
