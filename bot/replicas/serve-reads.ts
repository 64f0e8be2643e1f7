import { RemoteError } from '../../remote/remote-error.ts';
import type { WsusServer } from '../../remote/wsus-server.ts';
import { answerJob, giveJobBack, type Job, keepJob, takeJob, takenBy } from '../store/jobs.ts';
import type { Database } from '../store/open-database.ts';
import { answerOfError, type ReadAnswer, readRequest } from './read-answer.ts';

export interface ServeReadsOptions {
  readonly database: Database;
  /** Names this process among all that share the store. */
  readonly owner: string;
  readonly servers: ReadonlyMap<string, Pick<WsusServer, 'report'>>;
  /** The time by the store's clock. */
  readonly now: () => Date;
  /** Milliseconds. Ends early, without an error, when the signal is given. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly onTrouble: (doing: string, error: unknown) => void;
  /** Pause between two looks for jobs, milliseconds. */
  readonly every?: number;
  /** How many servers are read at the same moment. */
  readonly atOnce?: number;
  /** How long a job is kept without being prolonged, milliseconds. */
  readonly leaseFor?: number;
}

/** A report holds a file of 1 MB at most, base64, and some lines. */
const longestAnswer = 4_000_000;

/** While the store does not answer it is asked less often, milliseconds. */
const restAfterTrouble = 5_000;

/**
 * Reads servers for replicas that do not reach them, until `close`: that gives back what is not answered yet. A job that its asker has
 * taken back, or that another process has, is stopped at the next look.
 */
export const serveReads = (options: ServeReadsOptions): { close(): Promise<void> } => {
  const { database, owner, servers, now, every = 300, atOnce = 32, leaseFor = 15_000 } = options;
  const stop = new AbortController();
  const { signal } = stop;
  const names = [...servers.keys()];
  const reading = new Map<string, AbortController>();
  const leaseUntil = () => new Date(now().getTime() + leaseFor);

  const work = async (job: Job, unwanted: AbortSignal): Promise<void> => {
    const keeping = setInterval(() => {
      keepJob(database, job.id, owner, leaseUntil()).catch(() => undefined);
    }, leaseFor / 3);
    const letGo = () => clearInterval(keeping);
    unwanted.addEventListener('abort', letGo, { once: true });
    try {
      const answer = await read(servers.get(job.server), job, now(), unwanted);
      if (unwanted.aborted) return;
      const json = JSON.stringify(answer);
      const tooLong = json.length > longestAnswer;
      await answerJob(database, job.id, owner, tooLong ? JSON.stringify(tooLongFor(job)) : json);
    } finally {
      letGo();
    }
  };

  const take = async (): Promise<boolean> => {
    if (reading.size >= atOnce) return false;
    const job = await takeJob(database, names, owner, now(), leaseUntil());
    if (job === undefined) return false;
    const unwanted = new AbortController();
    // Its own, when it stood still until the lease ran out.
    reading.get(job.id)?.abort();
    reading.set(job.id, unwanted);
    void work(job, unwanted.signal)
      .catch((error: unknown) => options.onTrouble(`reading ${job.server} for another replica`, error))
      .finally(() => {
        if (reading.get(job.id) === unwanted) reading.delete(job.id);
      });
    return true;
  };

  const stopUnwanted = async (): Promise<void> => {
    if (reading.size === 0) return;
    const ours = new Set(await takenBy(database, owner, now()));
    for (const [id, unwanted] of reading) if (!ours.has(id)) unwanted.abort();
  };

  const look = async (): Promise<boolean> => {
    await stopUnwanted();
    return take();
  };

  const serve = async (): Promise<void> => {
    while (!signal.aborted) {
      const took = await look().catch((error: unknown) => {
        options.onTrouble('looking for servers to read', error);
        return undefined;
      });
      if (took !== true) await options.pause(took === undefined ? restAfterTrouble : every, signal);
    }
  };

  const serving = serve();
  return {
    close: async () => {
      stop.abort();
      await serving;
      for (const [id, unwanted] of reading) {
        unwanted.abort();
        await giveJobBack(database, id, owner).catch(() => undefined);
      }
    },
  };
};

const read = async (
  server: Pick<WsusServer, 'report'> | undefined,
  job: Job,
  now: Date,
  signal: AbortSignal,
): Promise<ReadAnswer> => {
  if (server === undefined) throw new Error(`reading ${job.server}: it is not in the inventory`);
  const { brief } = readRequest.parse(JSON.parse(job.requestJson));
  try {
    const deadline = Math.max(1, job.deadline.getTime() - now.getTime());
    return { ok: true, report: await server.report({ deadline, brief, signal }) };
  } catch (error) {
    if (error instanceof RemoteError) return answerOfError(error);
    throw error;
  }
};

const tooLongFor = ({ server }: Job): ReadAnswer =>
  answerOfError(
    new RemoteError('remote.broken-answer', {
      doing: `reading ${server}`,
      detail: 'longer than 4 MB',
      outcome: 'unknown',
    }),
  );
