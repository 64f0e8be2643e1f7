import type { Database } from './open-database.ts';

/** What takes the place of an address that is kept; undefined: it stays. */
export type FreshAddress = (kept: string) => string | undefined;

/** Brings the addresses up to date that are kept for a conversation: those of its cards, and of the person who is told there. */
export const freshenAddresses = async (
  database: Database,
  conversationId: string,
  fresh: FreshAddress,
): Promise<void> => {
  for (const table of ['posted', 'people'] as const) {
    const rows = await database
      .selectFrom(table)
      .select('address')
      .distinct()
      .where('conversationId', '=', conversationId)
      .execute();
    for (const { address: kept } of rows) {
      const address = fresh(kept);
      if (address === undefined) continue;
      await database
        .updateTable(table)
        .set({ address })
        .where('conversationId', '=', conversationId)
        .where('address', '=', kept)
        .execute();
    }
  }
};
