import type { Outcome } from './coded-error.ts';
import { RemoteError } from './remote-error.ts';

/** The same RemoteError with what is known about a larger call that it was a part of; any other error as it is. */
export function withOutcome(error: unknown, change: (outcome: Outcome) => Outcome): unknown {
  if (!(error instanceof RemoteError) || change(error.outcome) === error.outcome) return error;
  const { doing, detail, serverText, cause } = error;
  return new RemoteError(error.code, {
    doing,
    ...(detail === undefined ? {} : { detail }),
    ...(serverText === undefined ? {} : { serverText }),
    outcome: change(error.outcome),
    cause,
  });
}
