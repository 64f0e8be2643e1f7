import { z } from 'zod';
import type { Person } from './person.ts';
import type { Plan, PlanKind } from './plan.ts';
import type { Policy } from './policy.ts';
import type { Step } from './step.ts';

/**
 * States of a change. `proposed` waits for people, `queued` is approved and waits for its time, `approved` and `running`
 * are under way, all others are its end.
 */
export const changeStates = [
  'proposed',
  'queued',
  'approved',
  'running',
  'succeeded',
  'failed',
  'unknown',
  'declined',
  'expired',
  'superseded',
  'cancelled',
  'stale',
  'taken-over',
] as const;
export type ChangeState = (typeof changeStates)[number];

const worker = z.object({ pid: z.number(), startedAt: z.string() }).nullable();

/** What was seen after a change. Each field was read from the server at `readAt`. */
const proofSchema = z.object({
  readAt: z.string(),
  sha256: z.string(),
  values: z.array(z.object({ key: z.string(), before: z.number(), now: z.number() })),
  restart: z.object({ before: worker, after: worker, seen: z.boolean() }),
  service: z.object({
    status: z.number(),
    milliseconds: z.number(),
    pool: z.string(),
    poolState: z.string(),
    sites: z.number(),
    sitesStarted: z.number(),
  }),
  backup: z.string().nullable(),
  /** What could not be put back as it was: owner, rights, attributes. */
  leftDifferent: z.array(z.string()),
});
export type Proof = z.infer<typeof proofSchema>;

/** Why something ended as it did: a code of docs/errors.md or of the endpoint's refusals, with text for the reader. */
const reasonSchema = z.object({
  code: z.string(),
  text: z.string(),
  remedy: z.string().nullable(),
  /** Said by the server: outside text. */
  serverText: z.string().nullable(),
});
export type Reason = z.infer<typeof reasonSchema>;

/** The file as it was last seen: the old one, the new one, neither, or not seen. */
const fileSeen = z.enum(['before', 'after', 'other', 'not-seen']);
export type FileSeen = z.infer<typeof fileSeen>;

export const resultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('proven'), proof: proofSchema }),
  z.object({
    kind: z.literal('not-done'),
    at: z.string(),
    reason: reasonSchema,
    seenAt: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('not-active'),
    at: z.string(),
    reason: reasonSchema,
    seenAt: z.string(),
    /** As in the proof; absent when everything was put back. */
    leftDifferent: z.array(z.string()).optional(),
  }),
  z.object({ kind: z.literal('restored'), at: z.string(), reason: reasonSchema, proof: proofSchema }),
  z.object({ kind: z.literal('stale'), seenAt: z.string() }),
  z.object({
    kind: z.literal('unknown'),
    at: z.string(),
    reason: reasonSchema,
    file: fileSeen,
    seenAt: z.string().nullable(),
    wayBackFailed: z.boolean(),
  }),
]);
type ChangeResult = z.infer<typeof resultSchema>;

/** The change is as if it had never begun: nothing was written, and nothing that was sent can still begin. */
export const wroteNothing = ({ kind }: ChangeResult): boolean => kind === 'not-done' || kind === 'stale';

/** How a change ended. */
export interface Ending {
  readonly state: Extract<ChangeState, 'succeeded' | 'failed' | 'unknown' | 'stale'>;
  readonly result: ChangeResult;
}

/** A time out of a log as the cards take it: an instant when its zone is known, else as the log prints it. */
const logTime = z.union([z.object({ at: z.coerce.date() }), z.object({ asLogged: z.string() })]);

/** Facts that the cards show and no decision depends on. */
export const contextSchema = z.object({
  /** The limit in the file when it was read. */
  limit: z.number(),
  /** The lines that the plan edits, as they were. Outside text. */
  lines: z.array(z.object({ key: z.string(), line: z.number(), text: z.string() })),
  sites: z.array(
    z.object({
      name: z.string(),
      ports: z.array(z.number()),
      isWsus: z.boolean(),
      applications: z.array(z.string()),
    }),
  ),
  pool: z.string().nullable(),
  refusals: z
    .object({ clients: z.number(), count: z.number(), since: logTime.nullable(), last: logTime.nullable() })
    .nullable(),
  /** The server's log was not readable, so that nothing can be said of refusals. */
  logUnread: z.boolean(),
  /** Why a restart is planned: the file is newer than the process. */
  notActive: z.object({ writtenAt: z.string(), startedAt: z.string() }).nullable(),
  /** How the server was read, and whether the module that answered is the one that this bot ships. */
  way: z
    .object({
      way: z.enum(['endpoint', 'agentless']),
      endpoint: z.string(),
      module: z.enum(['shipped', 'differs', 'not-read']),
    })
    .optional(),
  /** What makes the clients' lists long, beside the relief that is planned. */
  rootCause: z
    .object({
      updates: z
        .object({ notDeclined: z.number(), supersededNotDeclined: z.number(), testDetectoids: z.number() })
        .nullable(),
      longestList: z.number().nullable(),
      cached: z.object({ longest: z.number(), limit: z.number() }).nullable(),
      unread: z.array(z.object({ part: z.enum(['updates', 'counters']), reason: z.string() })).readonly(),
    })
    .optional(),
  /** The change before it was killed before its end. Outside text in `step` and `leftDifferent`. */
  interruption: z
    .object({
      what: z.enum(['raise', 'restart', 'roll-back', 'unknown']),
      startedAt: z.string(),
      step: z.string(),
      file: z.enum(['before', 'after', 'other', 'unread']),
      leftDifferent: z.array(z.string()).readonly(),
    })
    .optional(),
});
export type ChangeContext = z.infer<typeof contextSchema>;

export const decisionKinds = [
  'approved',
  'broke-glass',
  'declined',
  'withdrawn',
  'taken-over',
  'unlocked',
] as const;

/** What a person said to a change. */
export interface Decision {
  readonly decision: (typeof decisionKinds)[number];
  readonly planHash: string;
  readonly person: Person;
  readonly at: Date;
  /** In the person's words: outside text. */
  readonly reason: string | null;
}

/** A plan on its way. */
export interface Change {
  readonly id: string;
  readonly number: number;
  readonly server: string;
  readonly kind: PlanKind;
  readonly state: ChangeState;
  /** The smallest first; a second one when the card offers the second key. */
  readonly plans: readonly { readonly plan: Plan; readonly hash: string }[];
  readonly context: ChangeContext;
  readonly requester: Person;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** The policy in force when it was proposed; undefined in changes that were kept before there were policies. */
  readonly policy: Policy | undefined;
  /** Hash of the plan that people approve, from the first approval on. */
  readonly planHash: string | undefined;
  /** In the order in which they were made. */
  readonly decisions: readonly Decision[];
  /** A queued change may start from then on; undefined: it waits to be let go. */
  readonly startAfter: Date | undefined;
  readonly batch: { readonly id: string; readonly place: number } | undefined;
  /** When those who may approve it were told last. */
  readonly toldAt: Date | undefined;
  /** Of one whose state is unknown: the way back that answered it. */
  readonly answeredBy: string | undefined;
  /** No other change may run on its server. */
  readonly holdsLock: boolean;
  /** Counts its moves. */
  readonly version: number;
  readonly steps: readonly Step[];
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
  readonly result: ChangeResult | undefined;
}

/** The last decision of a kind. */
export const decisionOf = (change: Change, kind: Decision['decision']): Decision | undefined =>
  change.decisions.findLast(({ decision }) => decision === kind);

/** Who let it run: the approvals, or the one who broke the glass. */
export const consentOf = (change: Change): readonly Decision[] => {
  const alone = decisionOf(change, 'broke-glass');
  return alone === undefined ? change.decisions.filter(({ decision }) => decision === 'approved') : [alone];
};

/** The plan that was approved, or the smallest one while nobody approved. */
export const planOf = (change: Change): Plan => {
  const chosen = change.plans.find((entry) => entry.hash === change.planHash) ?? change.plans[0];
  if (chosen === undefined) throw new Error(`change ${change.id} has no plan`);
  return chosen.plan;
};
