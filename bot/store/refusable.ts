import type { Database } from './open-database.ts';
import { isUniqueViolation } from './unique-violation.ts';

/** Ends the transaction without a trace, with what is to be said of it. */
export class Refused<Outcome extends string> extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super(outcome);
    this.outcome = outcome;
  }
}

/** A transaction that is done as a whole, or refused with an outcome and leaves nothing. */
export const refusable = async <Outcome extends string>(
  database: Database,
  body: (transaction: Database) => Promise<Outcome>,
): Promise<Outcome> => {
  try {
    return await database.transaction().execute(body);
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    // The index that lets one change hold a server.
    if (isUniqueViolation(error)) return 'locked' as Outcome;
    throw error;
  }
};
