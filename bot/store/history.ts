import { type Change, consentOf } from '../changes/change.ts';
import type { Database } from './open-database.ts';
import { findReadable } from './read-change.ts';

/** A change of the past, or one that is not over. Names are those that people had when they asked and decided. */
export interface PastChange {
  readonly change: Change;
  /** When it ended; of one that has not ended, when it was proposed. */
  readonly at: Date;
  /** Who approved the plan, in their order. Empty for a change that one person ran alone. */
  readonly approvedBy: readonly string[];
  /** Who ran it alone. */
  readonly brokeGlass: string | undefined;
  /** From its start to its end, milliseconds. Undefined: it did not start, or has not ended. */
  readonly took: number | undefined;
}

export interface HistoryPage {
  /** Newest first. */
  readonly changes: readonly PastChange[];
  /** Numbers of the changes of this page whose rows are not understood. */
  readonly unreadable: readonly number[];
  /** Of all pages. */
  readonly total: number;
  /** How many newer ones the pages before hold. */
  readonly newer: number;
  /** What the next page asks for as `before`; undefined when this is the last one. */
  readonly older: number | undefined;
}

export interface HistoryQuestion {
  /** Name of a server; all of them otherwise. */
  readonly server?: string;
  /** Only changes with a lower number. */
  readonly before?: number;
  /** From 1. */
  readonly limit: number;
}

/** One page of the changes that were asked for, by their numbers. */
export const changesOf = async (
  database: Database,
  { server, before, limit }: HistoryQuestion,
): Promise<HistoryPage> => {
  const all = database
    .selectFrom('changes')
    .$if(server !== undefined, (query) => query.where('server', '=', server ?? ''));
  const count = (query: typeof all) =>
    query.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow();
  const [rows, total, newer] = await Promise.all([
    all
      .select(['id', 'number'])
      .$if(before !== undefined, (query) => query.where('number', '<', before ?? 0))
      .orderBy('number', 'desc')
      // One more tells whether there is another page.
      .limit(limit + 1)
      .execute(),
    count(all),
    before === undefined ? { count: 0 } : count(all.where('number', '>=', before)),
  ]);
  const page = rows.slice(0, limit);
  const changes = await Promise.all(page.map(({ id }) => findReadable(database, id)));
  return {
    changes: changes.filter((change) => change !== undefined).map(pastChange),
    unreadable: page.filter((_, index) => changes[index] === undefined).map(({ number }) => number),
    total: Number(total.count),
    newer: Number(newer.count),
    older: rows.length > limit ? page.at(-1)?.number : undefined,
  };
};

const pastChange = (change: Change): PastChange => {
  const { startedAt, endedAt, createdAt, decisions } = change;
  return {
    change,
    at: endedAt ?? createdAt,
    approvedBy: consentOf(change)
      .filter(({ decision }) => decision === 'approved')
      .map(({ person }) => person.name),
    brokeGlass: decisions.find(({ decision }) => decision === 'broke-glass')?.person.name,
    took:
      startedAt === undefined || endedAt === undefined ? undefined : endedAt.getTime() - startedAt.getTime(),
  };
};
