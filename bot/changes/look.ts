import type { Report } from '../../remote/contract.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { WsusServer } from '../../remote/wsus-server.ts';
import type { Runtime } from './runtime.ts';

export interface LookFor {
  /** Until when a lost request may still begin, by the server's clock. Undefined: none was lost. */
  readonly notAfter?: string | undefined;
  /** The report says all that is hoped for, so that there is nothing to wait for. */
  readonly enough: (report: Report) => boolean;
}

/**
 * Reads the server until it says what is hoped for. When patience ends, the last report comes back if it can be relied
 * upon: nothing acts on the server any more, and a request that was held up on the way can no longer begin. Else the
 * reason why nothing is known comes back as a value.
 */
export const look = async (
  server: Pick<WsusServer, 'report'>,
  runtime: Runtime,
  { notAfter, enough }: LookFor,
): Promise<Report | RemoteError> => {
  const until = runtime.now().getTime() + runtime.settings.patience;
  for (;;) {
    const seen = await readOnce(server, runtime.settings.readDeadline);
    if (!(seen instanceof RemoteError) && isIdle(seen) && enough(seen)) return seen;
    if (runtime.now().getTime() >= until) {
      if (seen instanceof RemoteError) return seen;
      return isIdle(seen) && isPast(notAfter, seen) ? seen : new StillActing(seen.readAt);
    }
    await runtime.pause(runtime.settings.lookEvery);
  }
};

/** The server's clock is past the moment until which a lost request may begin. */
export const isPast = (notAfter: string | undefined, report: Report): boolean =>
  notAfter === undefined || Date.parse(report.readAt) > Date.parse(notAfter);

const isIdle = (report: Report): boolean => report.activity.ok && report.activity.running === null;

const readOnce = async (
  server: Pick<WsusServer, 'report'>,
  deadline: number,
): Promise<Report | RemoteError> => {
  try {
    return await server.report({ deadline, brief: true });
  } catch (error) {
    if (error instanceof RemoteError) return error;
    throw error;
  }
};

/** When the server was seen, by its clock; null when it did not answer. */
export const whenSeen = (seen: Report | RemoteError): string | null => {
  if (seen instanceof RemoteError) return seen instanceof StillActing ? seen.seenAt : null;
  return seen.readAt;
};

/** The server answers, but something acts on it still or may begin, so nothing it says is the end. */
export class StillActing extends RemoteError {
  /** When it answered last, by its clock. */
  readonly seenAt: string;

  constructor(seenAt: string) {
    super('remote.timed-out', { doing: 'waiting for the function on the server to end', outcome: 'unknown' });
    this.seenAt = seenAt;
  }
}
