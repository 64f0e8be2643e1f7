import type { AuditKind } from './audit.ts';
import type { Database } from './open-database.ts';
import type { AuditTable } from './schema.ts';

/** An entry as it stands in the store: nothing of it is believed before it was verified. */
export type AuditRow = Readonly<AuditTable>;

export interface ChainEnd {
  /** 0: there is no entry. */
  readonly seq: number;
  readonly hash: string;
}

/** At most `limit` entries behind number `after`, in order. */
export const auditPage = (database: Database, after: number, limit: number): Promise<AuditRow[]> =>
  database.selectFrom('audit').selectAll().where('seq', '>', after).orderBy('seq').limit(limit).execute();

export const auditRow = (database: Database, seq: number): Promise<AuditRow | undefined> =>
  database.selectFrom('audit').selectAll().where('seq', '=', seq).executeTakeFirst();

/** The entries of some kinds behind number `after`, in order. */
export const auditRowsOf = (
  database: Database,
  kinds: readonly AuditKind[],
  after = 0,
): Promise<AuditRow[]> =>
  database
    .selectFrom('audit')
    .selectAll()
    .where('kind', 'in', [...kinds])
    .where('seq', '>', after)
    .orderBy('seq')
    .execute();

/** The last entry as the store counts it. */
export const chainEnd = (database: Database): Promise<ChainEnd> =>
  database.selectFrom('auditHead').select(['seq', 'hash']).where('id', '=', 1).executeTakeFirstOrThrow();

/**
 * All entries behind number `after`, read in pages while others may add more. `end` is what the store said its last entry
 * is, asked after the last page: read it when the entries have been read.
 */
export const storedChain = (
  database: Database,
  after = 0,
  pageSize = 500,
): { readonly rows: AsyncIterable<AuditRow>; readonly end: () => ChainEnd } => {
  let end: ChainEnd = { seq: 0, hash: '' };
  const rows = async function* (): AsyncGenerator<AuditRow> {
    let last = after;
    for (;;) {
      const page = await auditPage(database, last, pageSize);
      yield* page;
      if (page.length > 0) {
        last = page.at(-1)?.seq ?? last;
        continue;
      }
      const seen = await chainEnd(database);
      // What came in between the two questions is there when it is asked for once more.
      if (seen.seq === end.seq || seen.seq <= last) {
        end = seen;
        return;
      }
      end = seen;
    }
  };
  return { rows: rows(), end: () => end };
};
