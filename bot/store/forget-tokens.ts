import { sql } from 'kysely';
import type { ChangeState } from '../changes/change.ts';
import type { Database } from './open-database.ts';
import { freshFor } from './tokens.ts';

/** How long a button works after its card was made the last time, milliseconds: 30 days at least. */
const keptFor = 30 * 24 * 3_600_000 + freshFor;

const open: readonly ChangeState[] = ['proposed', 'queued', 'approved', 'running'];

/** Forgets buttons that nobody has been shown for 30 days, those of open changes and of locks excepted. */
export const forgetOldTokens = async (database: Database, now: Date): Promise<void> => {
  await database
    .deleteFrom('tokens')
    .where('createdAt', '<', new Date(now.getTime() - keptFor).toISOString())
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('changes')
            .select('changes.id')
            .where(({ or, eb }) => or([eb('state', 'in', [...open]), eb('holdsLock', '=', 1)]))
            .where(sql<boolean>`${sql.ref('tokens.actionJson')} like '%' || ${sql.ref('changes.id')} || '%'`),
        ),
      ),
    )
    .execute();
};
