import { StoreError, type StoreErrorCode } from './store-error.ts';

/** By SQLSTATE (PostgreSQL documentation, appendix A), or its class of two characters. */
const codes: Readonly<Record<string, StoreErrorCode>> = {
  '08': 'store.unreachable',
  '57': 'store.unreachable',
  '58': 'store.unreachable',
  '53200': 'store.unreachable',
  '28': 'store.sign-in-refused',
  '3D000': 'store.sign-in-refused',
  '53100': 'store.full',
  '25006': 'store.read-only',
  '42501': 'store.read-only',
  '53': 'store.busy',
  '40': 'store.busy',
  '25P03': 'store.busy',
  '55P03': 'store.busy',
  '57014': 'store.busy',
  XX001: 'store.damaged',
  XX002: 'store.damaged',
};

/** What node:tls says of a certificate, and pg of a server without TLS. */
const untrusted = /CERT|ERR_TLS|ERR_SSL|UNABLE_TO_|SELF_SIGNED|HOSTNAME_MISMATCH|does not support SSL/;

export interface PostgresFailure {
  /** A StoreError, or the error itself when the store did its work: a constraint, a defect of a query. */
  readonly error: Error;
  /** The connection cannot be used any more. */
  readonly broken: boolean;
}

/** What an error of pg means for the store. Errors without a SQLSTATE are the driver's own: the connection is gone. */
export const postgresFailure = (
  thrown: unknown,
  doing: string,
  outcome: 'not-sent' | 'unknown' = 'not-sent',
): PostgresFailure => {
  const cause = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (cause instanceof StoreError) return { error: cause, broken: true };
  const state = sqlState(cause);
  const broken = state === undefined || isFatal(cause, state);
  const code = state === undefined ? driverCode(cause) : (codes[state] ?? codes[state.slice(0, 2)]);
  if (code === undefined) return { error: cause, broken };
  return { error: new StoreError(code, { doing, outcome, cause }), broken };
};

/** SQLSTATE of an error that PostgreSQL sent. */
const sqlState = (error: Error): string | undefined =>
  'severity' in error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
    ? error.code
    : undefined;

/** After 25006 another server may be the primary one: a new connection finds it. */
const isFatal = (error: Error, state: string): boolean =>
  state === '25006' ||
  /^(08|57P)/.test(state) ||
  ('severity' in error && (error.severity === 'FATAL' || error.severity === 'PANIC'));

const driverCode = (error: Error): StoreErrorCode => {
  const text = `${'code' in error ? String(error.code) : ''} ${error.message}`;
  if (untrusted.test(text)) return 'store.not-trusted';
  return /SASL|password/.test(text) ? 'store.sign-in-refused' : 'store.unreachable';
};
