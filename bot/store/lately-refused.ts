import { z } from 'zod';
import type { AuditEvent } from './audit.ts';
import type { Database } from './open-database.ts';

/** How long a refusal stands for the same ones that follow, milliseconds. */
const standsFor = 60_000;
/** How far back it is looked for: entries. */
const lookBack = 500;

const entry = z.object({
  at: z.string(),
  actor: z.object({ aadObjectId: z.string() }).nullable(),
  server: z.string().nullable(),
  changeId: z.string().nullable(),
  detail: z.object({ wanted: z.string(), because: z.string() }),
});

/**
 * Whether the same person was refused the same for the same reason within the last minute: then it is on record, and a
 * finger that does not leave the button fills neither the store nor what the audit is handed to.
 */
export const wasRefusedLately = async (database: Database, event: AuditEvent): Promise<boolean> => {
  const rows = await database
    .selectFrom('audit')
    .select('entryJson')
    .where('kind', '=', 'refused')
    .where('seq', '>', ({ selectFrom }) =>
      selectFrom('auditHead').select(({ eb }) => eb('seq', '-', lookBack).as('from')),
    )
    .where('at', '>', new Date(event.at.getTime() - standsFor).toISOString())
    .where('at', '<=', event.at.toISOString())
    .execute();
  return rows.some(({ entryJson }) => {
    const { success, data } = entry.safeParse(JSON.parse(entryJson));
    return (
      success &&
      data.actor?.aadObjectId === event.actor?.aadObjectId &&
      data.server === event.server &&
      data.changeId === event.changeId &&
      data.detail.wanted === event.detail.wanted &&
      data.detail.because === event.detail.because
    );
  });
};
