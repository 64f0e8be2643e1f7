import type { TransportCall } from './psrp/transport.ts';
import { RemoteError, type RemoteErrorDetails } from './remote-error.ts';

/** Milliseconds until the deadline of a call. @throws RemoteError with this outcome when there are none */
export function timeLeft(
  { deadline, doing }: Pick<TransportCall, 'deadline' | 'doing'>,
  now: number,
  outcome: RemoteErrorDetails['outcome'],
): number {
  const left = deadline - now;
  if (left <= 0) throw new RemoteError('remote.timed-out', { doing, outcome });
  return left;
}
