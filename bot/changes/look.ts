import type { Report } from '../../remote/contract.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { WsusServer } from '../../remote/wsus-server.ts';
import type { Runtime } from './runtime.ts';

/**
 * Reads the server until what it says can be relied upon: nothing acts on it any more, and a request that was held up on
 * the way can no longer begin (`notAfter`, by the server's clock). Silence is met with patience, then the last error
 * comes back as a value.
 */
export const look = async (
  server: Pick<WsusServer, 'report'>,
  runtime: Runtime,
  notAfter: string | undefined,
  alreadyDone: (report: Report) => boolean = () => false,
): Promise<Report | RemoteError> => {
  const until = runtime.now().getTime() + runtime.settings.patience;
  for (;;) {
    const seen = await readOnce(server, runtime.settings.readDeadline);
    if (!(seen instanceof RemoteError) && isSettled(seen, notAfter, alreadyDone)) return seen;
    if (runtime.now().getTime() >= until) return seen instanceof RemoteError ? seen : stillActing();
    await runtime.pause(runtime.settings.lookEvery);
  }
};

const isSettled = (
  report: Report,
  notAfter: string | undefined,
  alreadyDone: (report: Report) => boolean,
): boolean => {
  const idle = report.activity.ok && report.activity.running === null;
  if (!idle) return false;
  return alreadyDone(report) || notAfter === undefined || Date.parse(report.readAt) > Date.parse(notAfter);
};

const readOnce = async (
  server: Pick<WsusServer, 'report'>,
  deadline: number,
): Promise<Report | RemoteError> => {
  try {
    return await server.report({ deadline });
  } catch (error) {
    if (error instanceof RemoteError) return error;
    throw error;
  }
};

const stillActing = (): RemoteError =>
  new RemoteError('remote.timed-out', {
    doing: 'waiting for the function on the server to end',
    outcome: 'unknown',
  });
