import { states } from './blocks/strip.ts';
import type { HistoryState } from './history-view.ts';
import { type OwnText, own } from './own-text.ts';

interface HistoryWords {
  readonly glyph: OwnText;
  readonly word: OwnText;
  /** True of the server when this is its newest entry. */
  readonly heading: OwnText;
}

/** How an entry of the history is called, and what it makes true when it is the newest. */
export const historyWords: Readonly<Record<HistoryState, HistoryWords>> = {
  open: { ...states.waitingForApproval, heading: own`A plan waits for approval` },
  queued: { ...states.queued, heading: own`An approved plan waits for its start` },
  running: { ...states.running, heading: own`A change is running` },
  succeeded: { ...states.doneAndProven, word: own`Done`, heading: own`The last change succeeded` },
  failed: { ...states.failed, heading: own`The last change did not work` },
  'failed-restored': {
    ...states.failedRestored,
    heading: own`The last change did not work, the old file is back`,
  },
  unknown: { ...states.stateUnknown, heading: own`The state of the last change is not known` },
  declined: { ...states.declined, heading: own`The last plan was declined` },
  withdrawn: { ...states.withdrawn, heading: own`The last plan was withdrawn` },
  expired: { ...states.expired, heading: own`The last plan expired` },
  superseded: { ...states.superseded, heading: own`The last plan was replaced by a newer one` },
  stale: { ...states.stale, heading: own`The last plan was stale, nothing was written` },
  cancelled: { ...states.cancelled, heading: own`The last plan was cancelled with its batch` },
  'taken-over': { ...states.takenOver, heading: own`The last change was finished by hand` },
  answered: { ...states.answered, heading: own`The last change was answered, not proven` },
  unlocked: { ...states.unlocked, heading: own`The last change was unlocked, not proven` },
};
