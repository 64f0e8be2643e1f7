/** Whether a unique index refused a row: SQLite's extended code, or SQLSTATE 23505 of PostgreSQL. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'SQLITE_CONSTRAINT_UNIQUE' || error.code === '23505');
