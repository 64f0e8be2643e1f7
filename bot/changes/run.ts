import { RemoteError } from '../../remote/remote-error.ts';
import type { WsusServer } from '../../remote/wsus-server.ts';
import type { Baseline } from './baseline.ts';
import type { Ending, FileSeen, Reason } from './change.ts';
import type { Journal } from './journal.ts';
import type { Interrupted, Stage } from './judge-outcome.ts';
import { whenSeen } from './look.ts';
import type { Plan } from './plan.ts';
import type { Runtime } from './runtime.ts';
import type { StepName } from './step.ts';

/** A plan being carried out, with all it may touch. */
export interface Run {
  readonly plan: Plan;
  readonly server: WsusServer;
  readonly journal: Journal;
  readonly runtime: Runtime;
}

/** What the file step left behind when the change goes on. */
export interface Written {
  readonly backup: string | null;
  readonly leftDifferent: readonly string[];
}

export interface Ended {
  readonly ending: Ending;
}

/** Now, as the server's clock shows it. */
export type ServerClock = () => Date;

/** Until when an acting function may begin, by the server's clock. */
export const latestStart = (runtime: Runtime, serverClock: ServerClock): string =>
  new Date(serverClock().getTime() + runtime.settings.commandWindow).toISOString();

export const interrupted = (
  run: Run,
  baseline: Baseline,
  stage: Stage,
  at: StepName,
  reason: Reason,
  written: Written,
): Interrupted => ({ plan: run.plan, baseline, stage, at, reason, ...written });

export const notDone = (at: StepName, reason: Reason, seenAt: string | null): Ended => ({
  ending: { state: 'failed', result: { kind: 'not-done', at, reason, seenAt } },
});

export const unknownAt = (
  at: StepName,
  reason: Reason,
  wayBackFailed: boolean,
  seen: RemoteError | { readonly file: FileSeen; readonly seenAt: string | null },
): Ended => {
  const { file, seenAt } =
    seen instanceof RemoteError ? { file: 'not-seen' as const, seenAt: whenSeen(seen) } : seen;
  return {
    ending: {
      state: 'unknown',
      result: { kind: 'unknown', at, reason, file, seenAt, wayBackFailed },
    },
  };
};
