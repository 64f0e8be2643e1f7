/** Starts a command line on a practice machine, as its cmd.exe would. */
export type StartCommandLine = (line: string, listener: CommandListener) => RunningCommand;

export interface CommandListener {
  stdout(bytes: Buffer): void;
  stderr(bytes: Buffer): void;
  /** Nothing more comes. Called once. */
  ended(exitCode: number): void;
}

export interface RunningCommand {
  /** Ends it at once, with what it has started. */
  kill(): void;
}
