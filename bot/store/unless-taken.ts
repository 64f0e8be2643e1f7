import type { Database } from './open-database.ts';
import { isUniqueViolation } from './unique-violation.ts';

/** A transaction; `otherwise`, with nothing done, when it met another row that a unique index admits only once. */
export const unlessTaken = async <Result>(
  database: Database,
  otherwise: Result,
  work: (transaction: Database) => Promise<Result>,
): Promise<Result> => {
  try {
    return await database.transaction().execute(work);
  } catch (error) {
    if (isUniqueViolation(error)) return otherwise;
    throw error;
  }
};
