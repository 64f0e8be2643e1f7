import { locksCard } from '../../cards/locks-card.ts';
import { locks } from '../store/read-change.ts';
import type { Reply } from './chat.ts';
import { type Desk, type Turn, tokenFor, viewOf } from './desk.ts';
import { freezeViewOf } from './freeze-view.ts';
import { lockHolderOf } from './lock-notice.ts';

/** `locks`: what keeps which server, and whether changes are frozen. */
export const showLocks = async (desk: Desk, turn: Turn): Promise<Reply> => {
  const freeze = freezeViewOf(await desk.freezeState());
  const held = await locks(desk.database);
  const rows = await Promise.all(
    held.map(async (lock) =>
      lock.kind === 'unreadable'
        ? { server: lock.server }
        : {
            server: lock.server,
            holder: lockHolderOf(lock.change),
            open: await tokenFor(desk, turn.where, { kind: 'show-change', changeId: lock.change.id }),
          },
    ),
  );
  return {
    card: locksCard({
      view: viewOf(desk, turn.zone),
      rows,
      ...(freeze === undefined ? {} : { freeze }),
      again: await tokenFor(desk, turn.where, { kind: 'locks' }),
    }),
  };
};
