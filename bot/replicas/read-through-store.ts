import type { Outcome } from '../../remote/coded-error.ts';
import type { Report } from '../../remote/contract.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { WsusServer } from '../../remote/wsus-server.ts';
import { askJob, dropJob, jobState } from '../store/jobs.ts';
import type { Database } from '../store/open-database.ts';
import { errorOfAnswer, readAnswer } from './read-answer.ts';

export interface ReadThroughStoreOptions {
  readonly database: Database;
  /** The time by the store's clock. */
  readonly now: () => Date;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly randomId: () => string;
  /** Pause between two looks for the answer, milliseconds. */
  readonly every?: number;
  /** How long a living worker may take to take a job, milliseconds. */
  readonly takenWithin?: number;
}

const usualDeadline = 60_000;

/**
 * A server that this replica does not reach: a report is asked of a replica that does, by way of the store. What acts is never
 * asked for so: only the replica that holds a change's lease acts. A question that is taken back, when its time is over or nobody wants the
 * answer any more, is stopped there too. Throws RemoteErrors as a connection does, and StoreErrors.
 */
export const readThroughStore = (name: string, options: ReadThroughStoreOptions): WsusServer => {
  const { database, now, pause, every = 300, takenWithin = 10_000 } = options;
  const doing = `reading ${name}`;
  const report = async (deadline: number, brief: boolean, signal?: AbortSignal): Promise<Report> => {
    const isUnwanted = () => signal?.aborted === true;
    const stopped = (outcome: Outcome) => new RemoteError('remote.stopped', { doing, outcome });
    if (isUnwanted()) throw stopped('not-sent');
    const asked = now().getTime();
    const id = options.randomId();
    const over = asked + deadline;
    await askJob(database, {
      id,
      server: name,
      requestJson: JSON.stringify({ brief }),
      deadline: new Date(over),
    });
    for (;;) {
      await pause(every);
      const state = await jobState(database, id);
      const time = now().getTime();
      if (state.kind === 'done') {
        await dropJob(database, id);
        return reportIn(state.resultJson, doing);
      }
      if (isUnwanted()) {
        await dropJob(database, id);
        throw stopped('unknown');
      }
      const untaken = state.kind === 'waiting' && time >= asked + Math.min(takenWithin, deadline);
      if (untaken || state.kind === 'gone' || time >= over) {
        await dropJob(database, id);
        throw new RemoteError(untaken ? 'remote.no-worker' : 'remote.timed-out', {
          doing,
          outcome: untaken ? 'not-sent' : 'unknown',
        });
      }
    }
  };
  const actsNowhere = async (): Promise<never> => {
    throw new RemoteError('remote.no-worker', { doing: `acting on ${name}`, outcome: 'not-sent' });
  };
  return {
    report: ({ deadline = usualDeadline, brief = false, signal } = {}) => report(deadline, brief, signal),
    apply: actsNowhere,
    restart: actsNowhere,
    restore: actsNowhere,
    close: async () => undefined,
  };
};

const reportIn = (resultJson: string, doing: string): Report => {
  const { data } = readAnswer.safeParse(JSON.parse(resultJson));
  if (data === undefined) {
    const detail = 'by a replica of another version';
    throw new RemoteError('remote.broken-answer', { doing, detail, outcome: 'unknown' });
  }
  if (!data.ok) throw errorOfAnswer(data);
  return data.report;
};
