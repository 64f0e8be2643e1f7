import type { FreezeView } from '../../cards/freeze-view.ts';
import type { FreezeState } from '../changes/freeze-state.ts';

/** A freeze in the terms of the cards; undefined where nothing is frozen. */
export const freezeViewOf = (state: FreezeState): FreezeView | undefined => {
  switch (state.kind) {
    case 'none':
      return undefined;
    case 'person':
      return { kind: 'person', by: state.by.name, reason: state.reason, since: state.at };
    case 'file':
    case 'file-unread':
      return state;
  }
};
