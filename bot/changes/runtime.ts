/** How long the parts of a change may take, milliseconds. */
export interface RunSettings {
  /** A function that acts must begin within this after it was asked for, by the server's clock. */
  readonly commandWindow: number;
  readonly readDeadline: number;
  readonly applyDeadline: number;
  /** IISReset and the first answer of the web service after it. */
  readonly restartDeadline: number;
  /** How long a server that is silent or still at work is looked at before its state is called unknown. */
  readonly patience: number;
  readonly lookEvery: number;
}

export const defaultRunSettings: RunSettings = {
  commandWindow: 15_000,
  readDeadline: 60_000,
  applyDeadline: 60_000,
  restartDeadline: 240_000,
  patience: 120_000,
  lookEvery: 1_000,
};

/** Time, injected. */
export interface Runtime {
  now(): Date;
  pause(milliseconds: number): Promise<void>;
  readonly settings: RunSettings;
}
