import { setTimeout as pause } from 'node:timers/promises';
import { connectWsusServer } from '../remote/connect-wsus-server.ts';
import type { RemoteError } from '../remote/remote-error.ts';
import { RestingSessions } from '../remote/resting-sessions.ts';
import { Turnstile } from '../remote/turnstile.ts';
import type { WsusServer } from '../remote/wsus-server.ts';
import { votesWithoutEntry } from './audit/votes-without-entry.ts';
import type { FreezeState } from './changes/freeze-state.ts';
import { changeReason } from './changes/reason.ts';
import type { Runtime } from './changes/runtime.ts';
import { whyNotToStart } from './changes/why-not-to-start.ts';
import { createWorker, type Worker } from './changes/worker.ts';
import type { Config } from './config.ts';
import { serverNamed } from './conversation/desk.ts';
import { membershipOf } from './conversation/rights.ts';
import type { Directory } from './directory/directory.ts';
import type { Log } from './log.ts';
import { isGoneOwner } from './process-owner.ts';
import { readsAtOnce } from './reads-at-once.ts';
import { serveReads } from './replicas/serve-reads.ts';
import { serverTarget } from './server-target.ts';
import type { Database } from './store/open-database.ts';

export interface WorkerOptions {
  readonly config: Config;
  readonly database: Database;
  readonly runtime: Runtime;
  /** Names this process among all that share the store. */
  readonly owner: string;
  readonly leaseFor: number;
  readonly servers: ReadonlyMap<string, WsusServer>;
  readonly directory: Directory;
  readonly freezeState: () => Promise<FreezeState>;
  readonly onMoved: (changeId: string) => void;
  /** A change ended here: what waited for it may go on. */
  readonly onEnded: () => void;
  readonly onTrouble: (doing: string, error: unknown) => void;
}

/** The part of a replica that reaches the servers: it runs changes, and reads for replicas that do not. */
export interface RunningWorker extends Pick<Worker, 'start' | 'takeUp'> {
  /** Lets what runs end, for so many milliseconds at most, and hands the rest over. */
  stop(within: number): Promise<void>;
}

export const startWorker = (options: WorkerOptions): RunningWorker => {
  const { config, database, runtime, owner, servers, directory, onTrouble } = options;
  const worker = createWorker({
    ...options,
    isGone: (other) => isGoneOwner(other, owner),
    server: (name) => servers.get(name),
    whyNotToStart: async (change) => {
      if ((await votesWithoutEntry(database, change)).length > 0) return changeReason('vote-not-on-record');
      return whyNotToStart(
        {
          now: runtime.now,
          policyOf: (name) => serverNamed({ config }, name)?.policy,
          freezeState: options.freezeState,
          membershipOf: (policy, personId) => membershipOf(directory, policy, personId, 'now'),
        },
        change,
      );
    },
    onTrouble: (id, error) => onTrouble(`running change ${id}`, error),
  });
  const reads = serveReads({
    database,
    owner,
    servers,
    now: runtime.now,
    pause: (milliseconds, signal) => pause(milliseconds, undefined, { signal }).catch(() => undefined),
    onTrouble,
  });
  return {
    start: worker.start,
    takeUp: worker.takeUp,
    stop: async (within) => {
      await Promise.all([reads.close(), worker.stop(within)]);
      // Of a change that was handed over the call may last on; nobody waits for its answer.
      const closed = Promise.all([...servers.values()].map((server) => server.close()));
      const over = new AbortController();
      await Promise.race([
        closed,
        pause(closeWithin, undefined, { signal: over.signal }).catch(() => undefined),
      ]);
      over.abort();
    },
  };
};

/** Milliseconds. */
const closeWithin = 5_000;

/** The inventory's servers. Throws a ConfigError when no password is known for an account. */
export const connectServers = (config: Config, log: Log): Map<string, WsusServer> => {
  const winrm = { turnstile: new Turnstile(readsAtOnce.winrm) };
  const local = {
    turnstile: new Turnstile(readsAtOnce['local-powershell']),
    resting: new RestingSessions(readsAtOnce['local-powershell']),
  };
  return new Map(
    config.servers.map((server) => {
      const onFallback = (reason: RemoteError) =>
        log.trouble(`signing in to ${server.name} with NTLM, for want of a ticket`, reason);
      const target = serverTarget(server);
      const bounds = target.transport === 'local-powershell' ? local : winrm;
      return [server.name, connectWsusServer(target, { ...bounds, onFallback })];
    }),
  );
};
