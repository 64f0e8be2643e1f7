import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { RemoteError } from '../../remote/remote-error.ts';

/** The error that a call on a server ends with; it is a failed test when it ends well, or with another kind of error. */
export async function failure(promise: Promise<unknown>): Promise<RemoteError> {
  const error = await promise.then(
    (value) => assert.fail(`it brought a result: ${inspect(value)}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RemoteError, inspect(error));
  return error;
}
