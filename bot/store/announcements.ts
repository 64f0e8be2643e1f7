import type { ChangeState } from '../changes/change.ts';
import type { NotifiedPlace } from './notified.ts';
import type { Database } from './open-database.ts';

/** What a chat is told of a change: the state that it came to. */
export interface News {
  readonly changeId: string;
  readonly event: string;
}

/** Ends that are told; of a plan that nobody let run there is nothing to tell. */
const ends: readonly ChangeState[] = ['succeeded', 'failed', 'unknown', 'stale'];

/** What is older is no news, milliseconds. */
const freshFor = 24 * 60 * 60_000;

/** What this chat is to be told: plans that were asked for, one of a batch for all of it, and how changes ended. */
export const newsFor = async (
  database: Database,
  { where: { conversationId }, since }: Pick<NotifiedPlace, 'where' | 'since'>,
  now: Date,
): Promise<News[]> => {
  const from = new Date(Math.max(since.getTime(), now.getTime() - freshFor)).toISOString();
  const rows = await database
    .selectFrom('changes')
    .select(['id', 'state'])
    .where((where) =>
      where.or([
        where.and([
          where('state', '=', 'proposed'),
          where('createdAt', '>=', from),
          where.or([where('batchPlace', 'is', null), where('batchPlace', '=', 0)]),
        ]),
        where.and([where('state', 'in', [...ends]), where('endedAt', '>=', from)]),
      ]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('announcements')
            .select('announcements.changeId')
            .where('announcements.conversationId', '=', conversationId)
            .whereRef('announcements.changeId', '=', 'changes.id')
            .whereRef('announcements.event', '=', 'changes.state'),
        ),
      ),
    )
    .orderBy('number')
    .execute();
  return rows.map(({ id, state }) => ({ changeId: id, event: state }));
};

/** Takes the turn to tell it there, compare-and-set: of several processes one does, and none a second time. */
export const takeNews = async (
  database: Database,
  conversationId: string,
  { changeId, event }: News,
  at: Date,
): Promise<boolean> => {
  const taken = await database
    .insertInto('announcements')
    .values({ conversationId, changeId, event, at: at.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return taken.numInsertedOrUpdatedRows === 1n;
};

/** What was told so long ago that it is no news any more, whatever is known of it. */
export const forgetOldNews = async (database: Database, now: Date): Promise<void> => {
  await database
    .deleteFrom('announcements')
    .where('at', '<', new Date(now.getTime() - 2 * freshFor).toISOString())
    .execute();
};
