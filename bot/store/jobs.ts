import type { Database } from './open-database.ts';

/** A read that one replica asks of another. Both JSON texts are the askers' and the readers' own; the store does not look. */
export interface Job {
  readonly id: string;
  readonly server: string;
  readonly requestJson: string;
  /** Nobody waits for the answer after that. */
  readonly deadline: Date;
}

/** How far a job is. `gone`: its time was over, and it was cleared away. */
export type JobState =
  | { readonly kind: 'waiting' | 'taken' | 'gone' }
  | { readonly kind: 'done'; readonly resultJson: string };

export const askJob = async (
  database: Database,
  { id, server, requestJson, deadline }: Job,
): Promise<void> => {
  await database
    .insertInto('jobs')
    .values({ id, server, requestJson, state: 'waiting', deadline: deadline.toISOString() })
    .execute();
};

/**
 * Takes a job for one of these servers, the most urgent first, compare-and-set: of several processes one gets it. Also one
 * whose reader has died: to read twice does no harm.
 */
export const takeJob = async (
  database: Database,
  servers: readonly string[],
  owner: string,
  now: Date,
  leaseUntil: Date,
): Promise<Job | undefined> => {
  if (servers.length === 0) return undefined;
  const open = await database
    .selectFrom('jobs')
    .selectAll()
    .where('server', 'in', servers)
    .where('state', '!=', 'done')
    .where('deadline', '>', now.toISOString())
    .where((where) =>
      where.or([where('leaseUntil', 'is', null), where('leaseUntil', '<=', now.toISOString())]),
    )
    .orderBy('deadline')
    .execute();
  for (const { id, server, requestJson, deadline, owner: before, leaseUntil: leaseBefore } of open) {
    const taken = await database
      .updateTable('jobs')
      .set({ state: 'taken', owner, leaseUntil: leaseUntil.toISOString() })
      .where('id', '=', id)
      .where('state', '!=', 'done')
      .where('owner', before === null ? 'is' : '=', before)
      .where('leaseUntil', leaseBefore === null ? 'is' : '=', leaseBefore)
      .executeTakeFirst();
    if (taken.numUpdatedRows === 1n) return { id, server, requestJson, deadline: new Date(deadline) };
  }
  return undefined;
};

/** Prolongs the lease of a job; false when another process has it, or nobody waits any more. */
export const keepJob = async (
  database: Database,
  id: string,
  owner: string,
  leaseUntil: Date,
): Promise<boolean> => {
  const kept = await taken(database, id, owner)
    .set({ leaseUntil: leaseUntil.toISOString() })
    .executeTakeFirst();
  return kept.numUpdatedRows === 1n;
};

/** The jobs that this process has, and for which somebody still waits. */
export const takenBy = async (database: Database, owner: string, now: Date): Promise<string[]> => {
  const rows = await database
    .selectFrom('jobs')
    .select('id')
    .where('owner', '=', owner)
    .where('state', '=', 'taken')
    .where('deadline', '>', now.toISOString())
    .execute();
  return rows.map(({ id }) => id);
};

/** Writes the result of a job. Whoever lost it writes nothing. */
export const answerJob = async (
  database: Database,
  id: string,
  owner: string,
  resultJson: string,
): Promise<void> => {
  await taken(database, id, owner).set({ state: 'done', resultJson, leaseUntil: null }).execute();
};

/** Gives a job back, so that another process can take it at once. */
export const giveJobBack = async (database: Database, id: string, owner: string): Promise<void> => {
  await taken(database, id, owner).set({ state: 'waiting', owner: null, leaseUntil: null }).execute();
};

const taken = (database: Database, id: string, owner: string) =>
  database.updateTable('jobs').where('id', '=', id).where('state', '=', 'taken').where('owner', '=', owner);

export const jobState = async (database: Database, id: string): Promise<JobState> => {
  const row = await database
    .selectFrom('jobs')
    .select(['state', 'resultJson'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return { kind: 'gone' };
  if (row.resultJson !== null) return { kind: 'done', resultJson: row.resultJson };
  return { kind: row.state === 'taken' ? 'taken' : 'waiting' };
};

/** Takes a job away: its answer was read, or is not wanted any more. */
export const dropJob = async (database: Database, id: string): Promise<void> => {
  await database.deleteFrom('jobs').where('id', '=', id).execute();
};

/** Clears away the jobs that nobody waits for: their asker has died. */
export const dropOldJobs = async (database: Database, now: Date): Promise<void> => {
  await database.deleteFrom('jobs').where('deadline', '<', now.toISOString()).execute();
};
