import type { WsusServer } from '../../remote/wsus-server.ts';
import {
  claim,
  finish,
  journalStep,
  type Lease,
  LeaseLost,
  letGo,
  renew,
  runningChanges,
  takeOver,
} from '../store/lease.ts';
import type { Database } from '../store/open-database.ts';
import { queueAgain } from '../store/queue.ts';
import { changeIdsIn, findChange } from '../store/read-change.ts';
import { type Change, type Ending, planOf, type Reason } from './change.ts';
import type { FreezeState } from './freeze-state.ts';
import type { Journal } from './journal.ts';
import { changeReason } from './reason.ts';
import { botStopped, reconcile } from './reconcile.ts';
import { notDone, unknownAt } from './run.ts';
import { runChange } from './run-change.ts';
import type { Runtime } from './runtime.ts';

export interface WorkerDependencies {
  readonly database: Database;
  /** Its time is that of the store: leases of several processes are compared by it. */
  readonly runtime: Runtime;
  /** Names this process among all that share the store. */
  readonly owner: string;
  /** An owner that surely does not run any more, so that its lease need not run out first. */
  readonly isGone: (owner: string) => boolean;
  /** How long a lease holds without being renewed, milliseconds. */
  readonly leaseFor: number;
  readonly server: (name: string) => WsusServer | undefined;
  readonly freezeState: () => Promise<FreezeState>;
  /** Asked once more when a change is about to start: why it must not, or undefined. */
  readonly whyNotToStart: (change: Change) => Promise<Reason | undefined>;
  /** A change moved: its cards are to be brought up to date. Must not throw. */
  readonly onMoved: (changeId: string) => void;
  /** A change has ended here: what waited for it may go on. Must not throw. */
  readonly onEnded: (changeId: string) => void;
  /** Something that no person sees: for the log. */
  readonly onTrouble: (changeId: string, error: unknown) => void;
}

export interface Worker {
  /** Runs an approved change, if no other process has it already. Comes back at once. */
  start(changeId: string): void;
  /** Takes up what no process works on: approved changes, and running ones whose owner is gone. */
  takeUp(): Promise<void>;
  /** Ends when nothing runs here any more. */
  drain(): Promise<void>;
  /**
   * Takes up nothing more and waits for what runs, for so many milliseconds at most. What is left then is handed over: it does not
   * go on here, and another process may find out about it by looking at the server.
   */
  stop(within: number): Promise<void>;
}

/** Carries approved changes out, each at most once among all processes that share the store. */
export const createWorker = (dependencies: WorkerDependencies): Worker => {
  const { database, runtime, owner } = dependencies;
  const running = new Map<string, Promise<void>>();
  const held = new Set<Lease>();
  let course: 'open' | 'stopping' | 'handed-over' = 'open';
  const leaseUntil = () => new Date(runtime.now().getTime() + dependencies.leaseFor);

  const work = (changeId: string, begin: () => Promise<void>): void => {
    if (running.has(changeId) || course !== 'open') return;
    const ended = begin()
      .catch((error: unknown) => dependencies.onTrouble(changeId, error))
      .finally(() => running.delete(changeId));
    running.set(changeId, ended);
  };

  const underLease = async (lease: Lease, body: (change: Change) => Promise<Ending>): Promise<void> => {
    const change = await findChange(database, lease.changeId);
    if (change === undefined) return;
    held.add(lease);
    const renewing = setInterval(() => {
      if (course === 'handed-over') return;
      // A lost lease shows at the next journal entry, which is where it must stop the work.
      renew(database, lease, leaseUntil()).catch((error: unknown) =>
        dependencies.onTrouble(change.id, error),
      );
    }, dependencies.leaseFor / 3);
    try {
      const ending = await body(change);
      await finish(database, lease, ending, runtime.now());
    } finally {
      clearInterval(renewing);
      held.delete(lease);
      dependencies.onMoved(lease.changeId);
    }
    dependencies.onEnded(lease.changeId);
  };

  /** Nothing was begun yet, so that a change which meets a freeze can wait for its end in the queue. */
  const waitsForThaw = async (changeId: string): Promise<boolean> => {
    const freeze = await dependencies.freezeState();
    if (freeze.kind === 'none') return false;
    const now = runtime.now();
    // A file freezes this host alone: a replica that does not see it would let the change go again at once.
    const rest = freeze.kind === 'person' ? 0 : restAtFile;
    return queueAgain(database, changeId, now, new Date(now.getTime() + rest));
  };

  const run = async (changeId: string): Promise<void> => {
    if (await waitsForThaw(changeId)) return dependencies.onMoved(changeId);
    const lease = await claim(database, changeId, owner, runtime.now(), leaseUntil());
    if (lease === undefined) return;
    dependencies.onMoved(changeId);
    await underLease(lease, async (change) => {
      const server = dependencies.server(change.server);
      if (server === undefined) return serverLeftInventory(change);
      const reason = await dependencies.whyNotToStart(change);
      if (reason !== undefined) return notDone('read', reason, null).ending;
      return runChange(planOf(change), server, journalFor(lease, change.id), runtime);
    });
  };

  const journalFor = (lease: Lease, changeId: string): Journal => {
    const write =
      (state: 'started' | 'done' | 'failed' | 'unknown') =>
      async (step: Parameters<Journal['started']>[0], detail?: unknown): Promise<void> => {
        if (course === 'handed-over') throw new LeaseLost(changeId);
        await journalStep(database, lease, step, state, runtime.now(), detail);
        dependencies.onMoved(changeId);
      };
    return {
      started: write('started'),
      done: write('done'),
      failed: write('failed'),
      unknown: write('unknown'),
    };
  };

  const takeOverIfGone = async (): Promise<void> => {
    for (const found of await runningChanges(database)) {
      if (running.has(found.id)) continue;
      if (!dependencies.isGone(found.owner) && found.leaseUntil > runtime.now()) continue;
      const lease = await takeOver(database, found, owner, runtime.now(), leaseUntil());
      if (lease === undefined) continue;
      work(found.id, () =>
        underLease(lease, (change) => {
          const server = dependencies.server(change.server);
          if (server === undefined) return Promise.resolve(serverLeftInventory(change));
          return reconcile(change, server, runtime, botStopped);
        }),
      );
    }
  };

  const drain = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running.values());
  };

  const handOver = async (): Promise<void> => {
    course = 'handed-over';
    for (const lease of held) {
      await letGo(database, lease, runtime.now()).catch((error: unknown) =>
        dependencies.onTrouble(lease.changeId, error),
      );
    }
  };

  return {
    start: (changeId) => work(changeId, () => run(changeId)),
    takeUp: async () => {
      if (course !== 'open') return;
      for (const id of await changeIdsIn(database, 'approved')) work(id, () => run(id));
      await takeOverIfGone();
    },
    drain,
    stop: async (within) => {
      if (course === 'open') course = 'stopping';
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<'over'>((resolve) => {
        timer = setTimeout(() => resolve('over'), within);
      });
      const first = await Promise.race([drain(), over]);
      clearTimeout(timer);
      if (first === 'over') await handOver();
    },
  };
};

/** Milliseconds. */
const restAtFile = 60_000;

const serverLeftInventory = ({ steps }: Change): Ending => {
  const reason = changeReason('not-in-inventory');
  const last = steps.at(-1);
  if (last === undefined) return notDone('read', reason, null).ending;
  return unknownAt(last.name, reason, false, { file: 'not-seen', seenAt: null }).ending;
};
