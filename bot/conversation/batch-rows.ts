import type { BatchRowView, RowReason } from '../../cards/batch-view.ts';
import { type Change, decisionOf } from '../changes/change.ts';
import { changeReasons } from '../changes/change-reasons.ts';
import { changeViewOf, reasonIn } from './change-view.ts';

/** How far each change of a batch is, in its order. */
export const batchRowsOf = (members: readonly Change[]): BatchRowView[] => members.map(rowOf);

/** Whether a retry plans this server again: it failed, or did not run. One of unknown state waits for its answer. */
export const isRetried = (change: Change): boolean => {
  const { state } = rowOf(change);
  return state === 'failed' || state === 'not-started';
};

const rowOf = (change: Change): BatchRowView => {
  const { startedAt, endedAt, steps } = change;
  const state = stateOf(change);
  const step = steps.at(-1)?.name;
  const reason = whyOf(change);
  return {
    change: changeViewOf(change),
    state,
    ...(state === 'running' && step !== undefined ? { step } : {}),
    ...(startedAt === undefined || endedAt === undefined
      ? {}
      : { took: endedAt.getTime() - startedAt.getTime() }),
    ...(reason === undefined ? {} : { reason }),
  };
};

const stateOf = ({ state }: Change): BatchRowView['state'] => {
  switch (state) {
    case 'proposed':
    case 'queued':
      return 'waits';
    case 'approved':
    case 'running':
      return 'running';
    case 'succeeded':
      return 'done';
    case 'failed':
      return 'failed';
    case 'unknown':
    case 'taken-over':
      return 'unknown';
    case 'declined':
    case 'expired':
    case 'superseded':
    case 'cancelled':
    case 'stale':
      return 'not-started';
  }
};

const whyOf = (change: Change): RowReason | undefined => {
  const { state } = change;
  switch (state) {
    case 'failed':
    case 'unknown':
      return reasonIn(change);
    case 'taken-over':
      return { kind: state, by: nameOf(change, state) };
    case 'stale':
      return changeReasons.stale.reason;
    case 'declined': {
      const kind = decisionOf(change, 'withdrawn') === undefined ? 'declined' : 'withdrawn';
      return { kind, by: nameOf(change, kind) };
    }
    case 'expired':
    case 'superseded':
      return { kind: state };
    default:
      return undefined;
  }
};

const nameOf = (change: Change, decision: Parameters<typeof decisionOf>[1]): string =>
  decisionOf(change, decision)?.person.name ?? '';
