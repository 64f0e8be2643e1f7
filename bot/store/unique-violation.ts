/** SQLite's extended result codes and PostgreSQL's SQLSTATE for a row that a unique index does not admit. */
const codes: readonly unknown[] = ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505'];

/** Whether a write met another row that a unique index admits only once. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && codes.includes(error.code);
