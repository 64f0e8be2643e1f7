import type { Database } from './open-database.ts';

/** How far the audit was handed to somebody, held by one process until `at` (ISO 8601 in UTC). */
export interface AuditCursor {
  readonly name: string;
  readonly seq: number;
  readonly at: string;
}

/** Where a cursor stands; at 0 before it was ever moved. */
export const readCursor = async (database: Database, name: string): Promise<AuditCursor> => {
  const row = await database
    .selectFrom('auditCursors')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst();
  return row ?? { name, seq: 0, at: new Date(0).toISOString() };
};

/** Takes a cursor that nobody holds, compare-and-set: of several processes one gets it, the others undefined. */
export const holdCursor = async (
  database: Database,
  name: string,
  now: Date,
  until: Date,
): Promise<AuditCursor | undefined> => {
  const found = await readCursor(database, name);
  if (found.at > now.toISOString()) return undefined;
  await database
    .insertInto('auditCursors')
    .values(found)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return moveCursor(database, found, found.seq, until);
};

/** Moves a cursor that is held, and holds it until then. Undefined: another process has taken it. */
export const moveCursor = async (
  database: Database,
  { name, ...before }: AuditCursor,
  seq: number,
  until: Date,
): Promise<AuditCursor | undefined> => {
  const at = until.toISOString();
  const moved = await database
    .updateTable('auditCursors')
    .set({ seq, at })
    .where('name', '=', name)
    .where('seq', '=', before.seq)
    .where('at', '=', before.at)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n ? { name, seq, at } : undefined;
};
