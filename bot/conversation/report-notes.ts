import type { PlanView } from '../../cards/plan-view.ts';
import type { Report } from '../../remote/contract.ts';
import { type WaySeen, waySeen } from '../../remote/way-seen.ts';
import type { ChangeContext } from '../changes/change.ts';
import type { ServerConfig } from '../config.ts';
import { interruptionOf } from '../diagnosis/interruption.ts';
import { rootCauseOf } from '../diagnosis/root-cause.ts';
import type { Verdict } from '../diagnosis/verdict.ts';

type Notes = Pick<ChangeContext, 'rootCause' | 'interruption'>;

/** What a report says beside its verdict: how it was read, what makes the lists long, what was interrupted. */
export const reportNotes = (
  server: ServerConfig,
  report: Report,
  verdict: Verdict,
): Notes & { readonly way: WaySeen } => {
  const rootCause = rootCauseOf(report, verdict);
  const interruption = interruptionOf(report);
  return {
    way: waySeen(server.endpoint, report),
    ...(rootCause === null ? {} : { rootCause }),
    ...(interruption === null ? {} : { interruption }),
  };
};

/** The last two in the terms of the cards. */
export const notesView = ({ rootCause, interruption }: Notes): Pick<PlanView, keyof Notes> => ({
  ...(rootCause === undefined ? {} : { rootCause }),
  ...(interruption === undefined
    ? {}
    : { interruption: { ...interruption, startedAt: new Date(interruption.startedAt) } }),
});
