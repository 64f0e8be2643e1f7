import { createHash } from 'node:crypto';
import type { Journal } from '../../../bot/changes/journal.ts';
import type { Plan } from '../../../bot/changes/plan.ts';
import { policyHash } from '../../../bot/changes/policy.ts';
import type { Runtime } from '../../../bot/changes/runtime.ts';
import { backupNameOf, type Report, type Worker } from '../../../remote/contract.ts';
import { RemoteError, type RemoteErrorCode } from '../../../remote/remote-error.ts';
import type { WsusServer } from '../../../remote/wsus-server.ts';
import { samplePolicy } from './sample-policy.ts';

export const webConfig = (limit: number): Buffer =>
  Buffer.from(
    `<configuration><appSettings><add key="maxInstalledPrerequisites" value="${limit}"/></appSettings></configuration>`,
  );
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const oldFile = webConfig(400);
export const newFile = webConfig(800);
export const foreignFile = webConfig(512);

const changeId = '11111111-2222-4333-8444-555555555555';

export const raisePlan: Plan = {
  changeId,
  kind: 'raise',
  server: 'wsus01',
  path: 'C:\\Program Files\\Update Services\\WebServices\\ClientWebService\\Web.config',
  sha256Before: sha256(oldFile),
  sha256After: sha256(newFile),
  edits: [{ key: 'maxInstalledPrerequisites', from: 400, to: 800 }],
  backup: null,
  activation: 'IISReset',
  moduleSha256: 'e'.repeat(64),
  policySha256: policyHash(samplePolicy()),
  requesterId: 'bbbbbbbb-0000-4000-8000-000000000002',
  expiresAt: '2026-11-25T03:00:00.000Z',
};

export const rollBackPlan: Plan = {
  ...raisePlan,
  changeId: '99999999-2222-4333-8444-555555555555',
  kind: 'roll-back',
  sha256Before: sha256(newFile),
  sha256After: sha256(oldFile),
  edits: [{ key: 'maxInstalledPrerequisites', from: 800, to: 400 }],
  backup: backupNameOf(changeId),
};

export const restartPlan: Plan = {
  ...raisePlan,
  kind: 'restart',
  sha256Before: sha256(newFile),
  sha256After: sha256(newFile),
  edits: [],
};

/** A server as it is at one moment. Tests change it; calls read and change it. */
export interface World {
  /** The bot's clock. The server's is `skew` milliseconds ahead. */
  now: Date;
  skew: number;
  file: Buffer | 'not-readable';
  writtenAt: string;
  worker: Worker | null | 'not-readable';
  poolState: string;
  service: 'answers' | 'silent' | 'error-page' | 'not-soap' | 'not-readable';
  running: { functionName: string; changeId: string; startedAt: string } | null | 'not-readable';
}

export const oldWorker: Worker = { pid: 4812, startedAt: '2026-11-25T01:00:00.000Z' };

const unreadable = { ok: false, code: 'access-denied', reason: 'access is denied' } as const;

export const serverTime = (world: World): string => new Date(world.now.getTime() + world.skew).toISOString();

export const reportOf = (world: World): Report => ({
  readAt: serverTime(world),
  computer: { ok: true, name: 'WSUS01', os: 'Windows', powerShell: '5.1' },
  wsus: { ok: true, installed: true, version: '10.0', targetDir: 'C:\\', port: 8530 },
  file:
    world.file === 'not-readable'
      ? unreadable
      : {
          ok: true,
          path: raisePlan.path,
          bytes: world.file.toString('base64'),
          sha256: sha256(world.file),
          size: world.file.length,
          owner: 'TrustedInstaller',
          sddl: 'O:SY',
          attributes: 'Archive',
          hardLinks: 1,
          lastWriteAt: world.writtenAt,
        },
  services: { ok: true, services: [] },
  pool:
    world.worker === 'not-readable'
      ? unreadable
      : { ok: true, name: 'WsusPool', state: world.poolState, worker: world.worker },
  sites: {
    ok: true,
    sites: [{ name: 'WSUS', state: 'Started', ports: [8530], isWsus: true, applications: ['/'] }],
  },
  health:
    world.service === 'not-readable'
      ? unreadable
      : {
          ok: true,
          versionStatus: world.service === 'silent' ? 503 : 200,
          getConfigStatus: { answers: 200, 'not-soap': 200, silent: 503, 'error-page': 500 }[world.service],
          getConfigIsSoap: world.service === 'answers',
          getConfigMilliseconds: 210,
        },
  log: { ok: true, path: 'C:\\x.log', lines: [], count: 0, clients: 0, firstSeenAt: null, lastSeenAt: null },
  module: { ok: true, version: '1.0.0', sha256: 'e'.repeat(64) },
  counters: { ok: false, code: 'not-asked', reason: 'not asked for' },
  updates: { ok: false, code: 'not-asked', reason: 'not asked for' },
  activity:
    world.running === 'not-readable' ? unreadable : { ok: true, running: world.running, interrupted: null },
});

export const remoteError = (
  outcome: 'not-sent' | 'refused' | 'unknown',
  code: RemoteErrorCode = 'remote.connection-lost',
): RemoteError => new RemoteError(code, { doing: 'calling wsus01', outcome });

export interface Scene {
  readonly world: World;
  /** Calls and journal entries in the order in which they happened: "started read", "call report". */
  readonly events: string[];
  /** Replace a call to script it. */
  readonly server: { -readonly [Call in keyof WsusServer]: WsusServer[Call] };
  readonly journal: Journal;
  readonly runtime: Runtime;
  /** What the calls do when they work: the file changes, another worker starts and reads it. */
  write(bytes: Buffer): void;
  restartWorker(): void;
}

let nextPid = 7000;

/** A server, a journal and a clock that pauses move on: nothing here waits. */
export const createScene = (start: Partial<World> = {}): Scene => {
  const world: World = {
    now: new Date('2026-11-25T02:00:00.000Z'),
    skew: 0,
    file: oldFile,
    writtenAt: '2026-11-01T00:00:00.000Z',
    worker: oldWorker,
    poolState: 'Started',
    service: 'answers',
    running: null,
    ...start,
  };
  const events: string[] = [];
  const tick = (milliseconds: number) => {
    world.now = new Date(world.now.getTime() + milliseconds);
  };
  const write = (bytes: Buffer) => {
    tick(10);
    world.file = bytes;
    world.writtenAt = serverTime(world);
  };
  const restartWorker = () => {
    tick(10);
    nextPid += 1;
    world.worker = { pid: nextPid, startedAt: serverTime(world) };
  };
  const note = (state: string) => async (step: string) => {
    events.push(`${state} ${step}`);
  };
  return {
    world,
    events,
    write,
    restartWorker,
    journal: {
      started: note('started'),
      done: note('done'),
      failed: note('failed'),
      unknown: note('unknown'),
    },
    runtime: {
      now: () => world.now,
      pause: async (milliseconds) => tick(milliseconds),
      settings: {
        commandWindow: 15_000,
        applyDeadline: 60_000,
        restartDeadline: 240_000,
        readDeadline: 30_000,
        patience: 120_000,
        lookEvery: 1_000,
      },
    },
    server: {
      report: async () => {
        events.push('call report');
        return reportOf(world);
      },
      apply: async (request, options) => {
        events.push('call apply');
        options?.onProgress?.('read');
        options?.onProgress?.('backup');
        options?.onProgress?.('write');
        write(newFile);
        options?.onProgress?.('verify-file');
        const backup = { name: backupNameOf(request.changeId), path: 'C:\\b', sha256: request.sha256Before };
        return {
          outcome: 'written',
          backup,
          sha256: request.sha256After,
          writtenAt: world.writtenAt,
          leftDifferent: [],
        };
      },
      restore: async (request, options) => {
        events.push('call restore');
        options?.onProgress?.('write');
        write(oldFile);
        options?.onProgress?.('verify-file');
        return {
          outcome: 'restored',
          sha256: request.sha256After,
          writtenAt: world.writtenAt,
          leftDifferent: [],
        };
      },
      restart: async (_request, options) => {
        events.push('call restart');
        const startedAt = serverTime(world);
        const before = world.worker === 'not-readable' ? null : world.worker;
        options?.onProgress?.('restart');
        restartWorker();
        options?.onProgress?.('wait');
        const after = world.worker === 'not-readable' ? null : world.worker;
        const status = world.service === 'answers' ? 200 : 503;
        return {
          outcome: 'restarted',
          before: { worker: before, getConfigStatus: 200 },
          after: {
            worker: after,
            getConfigStatus: status,
            getConfigIsSoap: status === 200,
            getConfigMilliseconds: 210,
          },
          startedAt,
          endedAt: serverTime(world),
        };
      },
      close: async () => undefined,
    },
  };
};
