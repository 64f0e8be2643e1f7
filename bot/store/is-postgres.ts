import { type Kysely, PostgresAdapter } from 'kysely';

/** Which of the two databases is behind it, for the few things that they spell differently. */
export const isPostgres = <Tables>(database: Kysely<Tables>): boolean =>
  database.getExecutor().adapter instanceof PostgresAdapter;
