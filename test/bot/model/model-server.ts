import { backupNameOf, type Worker } from '../../../remote/contract.ts';
import { planEdit } from '../../../remote/web-config.ts';
import type { CallOptions, WsusServer } from '../../../remote/wsus-server.ts';
import {
  foreignFile,
  oldFile,
  oldWorker,
  remoteError,
  reportOf,
  sha256,
  type World,
} from '../changes/scene.ts';

/** What befalls an acting call. */
export const fates = [
  'works',
  'not-sent',
  'lost-before',
  'lost-after',
  /** The answer is lost, and the request begins later. */
  'late',
  /** It acts and does not come back before it is let go. */
  'held',
  /** Its process is stopped before the request goes out. */
  'held-before',
  /** It works, and the service is silent on the new file. */
  'silences',
  'refused',
  'kills-before',
  'kills-after',
] as const;
export type Fate = (typeof fates)[number];

type FunctionName = 'apply' | 'restore' | 'restart';

interface Acting {
  readonly changeId: string;
  readonly notAfter: string;
}

/** An acting call as it left a process, and what became of it. */
export interface ActingCall {
  readonly server: string;
  readonly functionName: FunctionName;
  readonly request: Acting;
  readonly by: string;
  readonly fate: Fate;
  executed: boolean;
}

/** The process that calls. */
export interface Caller {
  readonly name: string;
  /** Throws when the process is dead. */
  live(): void;
  die(): void;
}

export interface ModelServer {
  readonly name: string;
  readonly world: World;
  module: string;
  isDown: boolean;
  /** Counts what was done to the server by others, and what was not to be seen. */
  disturbances: number;
  /** Of the calls to come; without one a call works. */
  readonly fates: Fate[];
  readonly calls: ActingCall[];
  /** Calls that wait to be let go. */
  readonly held: (() => void)[];
  readonly heldBy: Set<string>;
  connect(caller: Caller): WsusServer;
  deliverLate(): void;
  letGo(): void;
  outside(what: 'foreign-file' | 'old-file' | 'restart' | 'module'): void;
}

export interface Watch {
  /** Before a call goes out. */
  readonly leaving: (call: ActingCall) => Promise<void>;
  /** When the server begins with it. */
  readonly beginning: (call: ActingCall) => void;
  /** Something happened: the harness waits while things happen. */
  readonly stirred: () => void;
}

type Refusal =
  | 'too-late'
  | 'busy'
  | 'stale'
  | 'after-hash-differs'
  | 'backup-missing'
  | 'backup-differs'
  | 'not-wsus';

const refused = (reason: Refusal) => ({ outcome: 'refused' as const, reason, text: reason });

/** A server by the contract, in this process: what it does is written down, and goes wrong as it is told. */
export const createModelServer = (name: string, time: { now: Date }, watch: Watch): ModelServer => {
  const world: World = {
    get now() {
      return time.now;
    },
    skew: 0,
    file: oldFile,
    writtenAt: '2026-11-01T00:00:00.000Z',
    worker: oldWorker,
    poolState: 'Started',
    service: 'answers',
    running: null,
  };
  const backups = new Map<string, Buffer>();
  const late: (() => void)[] = [];
  let brokenBy: Buffer | undefined;
  let pid = 7_000;
  const serverNow = () => new Date(time.now.getTime() + world.skew).toISOString();
  const file = () => (world.file === 'not-readable' ? Buffer.alloc(0) : world.file);
  const put = (bytes: Buffer): void => {
    world.file = bytes;
    world.writtenAt = serverNow();
  };
  const restartWorker = (): void => {
    pid += 1;
    world.worker = { pid, startedAt: serverNow() };
    world.service = brokenBy !== undefined && file().equals(brokenBy) ? 'silent' : 'answers';
  };

  /** The check that every acting function makes, then `act`. */
  const execute = <Result extends object>(call: ActingCall, act: () => Result | Refusal) => {
    if (serverNow() > call.request.notAfter) return refused('too-late');
    if (world.running !== null) return refused('busy');
    watch.beginning(call);
    const result = act();
    if (typeof result === 'string') return refused(result);
    call.executed = true;
    return result;
  };

  const call = async <Result extends object>(
    caller: Caller,
    functionName: FunctionName,
    request: Acting,
    act: (fate: Fate) => Result | Refusal,
    progress: () => void,
  ): Promise<Result | ReturnType<typeof refused>> => {
    const fate = server.fates.shift() ?? 'works';
    const made: ActingCall = { server: name, functionName, request, by: caller.name, fate, executed: false };
    await watch.leaving(made);
    caller.live();
    server.calls.push(made);
    watch.stirred();
    if (fate === 'kills-before') caller.die();
    if (fate === 'held-before') await heldUp(caller);
    caller.live();
    if (fate === 'not-sent' || server.isDown) throw remoteError('not-sent');
    if (fate === 'lost-before') throw remoteError('unknown');
    if (fate === 'refused') return refused('not-wsus');
    if (fate === 'late') {
      late.push(() => execute(made, () => act(fate)));
      throw remoteError('unknown');
    }
    const result = execute(made, () => act(fate));
    if (fate === 'held' && made.executed) {
      world.running = { functionName, changeId: request.changeId, startedAt: serverNow() };
      await heldUp(caller);
      world.running = null;
    }
    if (made.executed) progress();
    if (fate === 'kills-after') caller.die();
    caller.live();
    if (fate === 'lost-after') throw remoteError('unknown');
    return result;
  };

  const heldUp = (caller: Caller): Promise<void> =>
    new Promise((resolve) => {
      server.heldBy.add(caller.name);
      server.held.push(() => {
        server.heldBy.delete(caller.name);
        resolve();
      });
    });

  const server: ModelServer = {
    name,
    world,
    module: 'e'.repeat(64),
    isDown: false,
    disturbances: 0,
    fates: [],
    calls: [],
    held: [],
    heldBy: new Set(),
    deliverLate: () => {
      for (const begin of late.splice(0)) begin();
    },
    letGo: () => {
      for (const go of server.held.splice(0)) go();
    },
    outside: (what) => {
      server.disturbances += 1;
      if (what === 'foreign-file') put(foreignFile);
      else if (what === 'old-file') put(oldFile);
      else if (what === 'restart') restartWorker();
      else server.module = server.module.startsWith('e') ? 'f'.repeat(64) : 'e'.repeat(64);
    },
    connect: (caller) => ({
      report: async () => {
        caller.live();
        watch.stirred();
        await Promise.resolve();
        // A request that was held up is there before the third look.
        if (late.length > 0 && looks++ % 3 === 2) server.deliverLate();
        caller.live();
        if (server.isDown) throw remoteError('not-sent');
        return { ...reportOf(world), module: { ok: true, version: '1.0.0', sha256: server.module } };
      },
      apply: (request, options) =>
        call(
          caller,
          'apply',
          request,
          (fate) => {
            const before = file();
            if (sha256(before) !== request.sha256Before) return 'stale';
            const planned = planEdit(before, request.edits);
            if (!planned.ok) return 'not-wsus';
            const after = Buffer.from(planned.after);
            if (sha256(after) !== request.sha256After) return 'after-hash-differs';
            const backup = backupNameOf(request.changeId);
            backups.set(backup, before);
            put(after);
            if (fate === 'silences') brokenBy = after;
            return {
              outcome: 'written' as const,
              backup: { name: backup, path: `C:\\${backup}`, sha256: request.sha256Before },
              sha256: request.sha256After,
              writtenAt: world.writtenAt,
              leftDifferent: [],
            };
          },
          () => tell(options, 'backup', 'write', 'verify-file'),
        ),
      restore: (request, options) =>
        call(
          caller,
          'restore',
          request,
          () => {
            const backup = backups.get(request.backup);
            if (backup === undefined) return 'backup-missing';
            if (sha256(file()) !== request.sha256Before) return 'stale';
            if (sha256(backup) !== request.sha256After) return 'backup-differs';
            put(backup);
            return {
              outcome: 'restored' as const,
              sha256: request.sha256After,
              writtenAt: world.writtenAt,
              leftDifferent: [],
            };
          },
          () => tell(options, 'write', 'verify-file'),
        ),
      restart: (request, options) =>
        call(
          caller,
          'restart',
          request,
          (fate) => {
            const startedAt = serverNow();
            const before = workerNow();
            if (fate === 'silences') brokenBy = file();
            restartWorker();
            const answers = world.service === 'answers';
            return {
              outcome: 'restarted' as const,
              before: { worker: before, getConfigStatus: 200 },
              after: {
                worker: workerNow(),
                getConfigStatus: answers ? 200 : 503,
                getConfigIsSoap: answers,
                getConfigMilliseconds: 210,
              },
              startedAt,
              endedAt: serverNow(),
            };
          },
          () => tell(options, 'restart', 'wait'),
        ),
      close: async () => undefined,
    }),
  };
  let looks = 0;
  const workerNow = (): Worker | null => (world.worker === 'not-readable' ? null : world.worker);
  return server;
};

const tell = (
  options: CallOptions | undefined,
  ...steps: readonly Parameters<NonNullable<CallOptions['onProgress']>>[0][]
): void => {
  for (const step of steps) options?.onProgress?.(step);
};
