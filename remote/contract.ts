import { z } from 'zod';

/**
 * What the functions of the endpoint `WsusBot` take and answer. Each answers one JSON string of these shapes; both the
 * client and every engine are held to them. Times are ISO 8601 in UTC by the server's clock; hashes are lower-case hex.
 */
export const functionNames = {
  report: 'Get-WsusBotReport',
  apply: 'Set-WsusBotLimit',
  restart: 'Restart-WsusBotService',
  restore: 'Restore-WsusBotBackup',
} as const;

export const limitKeys = ['maxInstalledPrerequisites', 'maxCachedUpdates'] as const;
export type LimitKey = (typeof limitKeys)[number];

const utc = z.iso.datetime();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const unreadable = z.object({ ok: z.literal(false), code: z.string(), reason: z.string() });
const part = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), ...shape }), unreadable]);

const worker = z.object({ pid: z.number().int(), startedAt: utc });
export type Worker = z.infer<typeof worker>;

const site = z.object({
  name: z.string(),
  state: z.string(),
  ports: z.array(z.number().int()),
  /** Carries the ClientWebService application. */
  isWsus: z.boolean(),
  applications: z.array(z.string()),
});
export type Site = z.infer<typeof site>;

const health = part({
  /** GET wusserverversion.xml: IIS and the site. 0 when nothing answered. */
  versionStatus: z.number().int(),
  /** POST GetConfig to ClientWebService: its application started and its web.config was parsed. */
  getConfigStatus: z.number().int(),
  getConfigIsSoap: z.boolean(),
  getConfigMilliseconds: z.number(),
});

const acting = z.object({ functionName: z.string(), changeId: z.string(), startedAt: utc });

export const reportSchema = z.object({
  readAt: utc,
  /** The module that answers. Its hash is that of its files' text (`shippedModule` of remote/module-text.ts). */
  module: part({ version: z.string(), sha256 }),
  computer: part({ name: z.string(), os: z.string(), powerShell: z.string() }),
  wsus: part({
    installed: z.boolean(),
    version: z.string().nullable(),
    targetDir: z.string().nullable(),
    port: z.number().int().nullable(),
  }),
  /** Unreadable too when it is no plain file ('not-a-plain-file'), larger than 1 MB ('too-large'), or when registry and IIS name two places ('paths-disagree'). */
  file: part({
    path: z.string(),
    bytes: z.base64(),
    sha256,
    size: z.number().int(),
    owner: z.string(),
    sddl: z.string(),
    attributes: z.string(),
    /** null where they cannot be counted, as on a volume that has none. */
    hardLinks: z.number().int().nullable(),
    lastWriteAt: utc,
  }),
  services: part({ services: z.array(z.object({ name: z.string(), status: z.string() })) }),
  pool: part({ name: z.string(), state: z.string(), worker: worker.nullable() }),
  sites: part({ sites: z.array(site) }),
  health,
  log: part({
    path: z.string(),
    /** The newest lines that hold a fault, oldest first, at most 20. */
    lines: z.array(z.object({ line: z.number().int(), text: z.string() })),
    /** Lines of the fault of KB 4096317 in the part that was read. */
    count: z.number().int(),
    clients: z.number().int(),
    firstSeenAt: utc.nullable(),
    lastSeenAt: utc.nullable(),
  }),
  /** The most that clients have sent since the service started, by its performance counters. */
  counters: part({
    maximumNonLeafUpdates: z.number().int().nullable(),
    maximumOtherCachedUpdates: z.number().int().nullable(),
  }),
  /** From SUSDB, read-only. 'not-asked' in a brief report. */
  updates: part({
    notDeclined: z.number().int(),
    /** Superseded and not declined: declining them is what shortens the clients' lists. */
    supersededNotDeclined: z.number().int(),
    /** Updates titled "Product Detectoid for ProductName TestProduct…" (KB 5121986). */
    testDetectoids: z.number().int(),
  }),
  activity: part({
    /** Apply, restart or restore at work at this moment, also one whose caller has gone. */
    running: acting.nullable(),
    /** The last one did not come to its end: its process was killed. Stays until the next acting function has mended it. */
    interrupted: acting
      .extend({
        step: z.string(),
        /** What Web.config is now, beside what the function was called for. */
        file: z.enum(['before', 'after', 'other', 'unread']),
        /** What is not as it was (owner, DACL, attributes), with the command that mends it. */
        leftDifferent: z.array(z.string()),
      })
      .nullable(),
  }),
});
export type Report = z.infer<typeof reportSchema>;

export interface ReportRequest {
  /** Leaves out what takes long and says nothing about a change: the parts `counters` and `updates`. */
  readonly brief?: boolean;
}

const refused = z.object({
  outcome: z.literal('refused'),
  /** Nothing was changed on the server. */
  reason: z.enum([
    'stale',
    'too-late',
    'busy',
    'after-hash-differs',
    'key-not-editable',
    'file-not-readable',
    'file-not-writable',
    'backup-missing',
    'backup-differs',
    'not-wsus',
  ]),
  text: z.string(),
});

/** The name of the backup that apply makes for a change, so that it is known even when apply's answer was lost. */
export const backupNameOf = (changeId: string): string => `Web.config.${changeId}.bak`;

/** What every call carries that acts on the server. */
export interface ActingRequest {
  /** GUID of the change; names the backup. */
  readonly changeId: string;
  /**
   * By the server's clock, ISO 8601 UTC. A function that is called later refuses ('too-late'): a request that was held up
   * on the way can then not act after the bot has looked at the server and said that nothing happened.
   * While another acting function runs, it refuses too ('busy').
   */
  readonly notAfter: string;
}

export interface ApplyRequest extends ActingRequest {
  readonly sha256Before: string;
  readonly sha256After: string;
  /** New values, 1 to 1,000,000. A key that is absent stays as it is. */
  readonly edits: Partial<Record<LimitKey, number>>;
}
export const applyResultSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('written'),
    backup: z.object({ name: z.string(), path: z.string(), sha256 }),
    sha256,
    writtenAt: utc,
    /** What could not be put back as it was (owner, DACL, attributes), with the command that mends it. Empty as a rule. */
    leftDifferent: z.array(z.string()),
  }),
  refused,
]);
export type ApplyResult = z.infer<typeof applyResultSchema>;

export type Activation = 'IISReset' | 'RecyclePool';
export interface RestartRequest extends ActingRequest {
  readonly activation: Activation;
}
export const restartResultSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('restarted'),
    before: z.object({ worker: worker.nullable(), getConfigStatus: z.number().int() }),
    after: z.object({
      worker: worker.nullable(),
      getConfigStatus: z.number().int(),
      getConfigIsSoap: z.boolean(),
      getConfigMilliseconds: z.number(),
    }),
    startedAt: utc,
    endedAt: utc,
  }),
  refused,
]);
export type RestartResult = z.infer<typeof restartResultSchema>;

export interface RestoreRequest extends ActingRequest {
  /** A backup's name as apply answered it; never a path. */
  readonly backup: string;
  /** The file as it must be now. */
  readonly sha256Before: string;
  /** The backup, and the file afterwards. */
  readonly sha256After: string;
}
export const restoreResultSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('restored'),
    sha256,
    writtenAt: utc,
    leftDifferent: z.array(z.string()),
  }),
  refused,
]);
export type RestoreResult = z.infer<typeof restoreResultSchema>;

/** Steps inside a call, as its progress records name them (StatusDescription). */
export const progressSteps = ['read', 'backup', 'write', 'verify-file', 'restart', 'wait'] as const;
export type ProgressStep = (typeof progressSteps)[number];
