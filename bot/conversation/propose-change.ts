import { createHash } from 'node:crypto';
import type { Report } from '../../remote/contract.ts';
import { planEdit } from '../../remote/web-config.ts';
import { type Change, type ChangeContext, planOf } from '../changes/change.ts';
import { backupOf, type Plan, type PlannedEdit, planHash } from '../changes/plan.ts';
import { policyHash } from '../changes/policy.ts';
import type { ServerConfig } from '../config.ts';
import type { LogTime } from '../diagnosis/faults/fault.ts';
import type { Refusals, Verdict } from '../diagnosis/verdict.ts';
import { type NewChange, propose } from '../store/propose.ts';
import { findChange } from '../store/read-change.ts';
import type { Desk, Turn } from './desk.ts';
import { reportNotes } from './report-notes.ts';

type LimitTooLow = Extract<Verdict, { kind: 'limit-too-low' }>;
type NotActive = Extract<Verdict, { kind: 'raised-not-active' }>;

/** Proposes the raise that a verdict calls for. */
export const proposeRaise = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  report: Report,
  verdict: LimitTooLow,
): Promise<Change | undefined> => keep(desk, planRaise(desk, turn, server, report, verdict));

/** Plans it without proposing it, both variants when the second key may be raised too. */
export const planRaise = (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  report: Report,
  verdict: LimitTooLow,
): NewChange | undefined => {
  if (!report.file.ok) return undefined;
  const bytes = Buffer.from(report.file.bytes, 'base64');
  const { limit, second } = verdict;
  const variants = [planEdit(bytes, { [limit.key]: limit.target })];
  if (second !== null)
    variants.push(planEdit(bytes, { [limit.key]: limit.target, [second.key]: second.target }));
  const base = basePlan(desk, turn, server, report);
  const { path, sha256 } = report.file;
  const plans = variants.flatMap((variant): Plan[] =>
    variant.ok
      ? [
          {
            ...base,
            kind: 'raise',
            path,
            sha256Before: sha256,
            sha256After: createHash('sha256').update(variant.after).digest('hex'),
            edits: variant.changes.map(({ key, from, to }) => ({ key, from, to })),
            backup: null,
          },
        ]
      : [],
  );
  const lines = [limit, ...(second === null ? [] : [second])];
  return draft(desk, turn, server, plans, {
    ...surroundings(report),
    ...reportNotes(server, report, verdict),
    limit: limit.current,
    lines: lines.map(({ key, line, lineText }) => ({ key, line, text: lineText })),
    refusals: refusalsOf(verdict.refusals),
    logUnread: verdict.logUnread !== null,
    notActive: null,
  });
};

/** Plans a restart that leaves the file as it is. */
export const proposeRestart = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  report: Report,
  verdict: NotActive,
): Promise<Change | undefined> => {
  if (!report.file.ok) return undefined;
  const { path, sha256 } = report.file;
  const plan: Plan = {
    ...basePlan(desk, turn, server, report),
    kind: 'restart',
    path,
    sha256Before: sha256,
    sha256After: sha256,
    edits: [],
    backup: null,
  };
  const context: ChangeContext = {
    ...surroundings(report),
    ...reportNotes(server, report, verdict),
    limit: verdict.limit.current,
    lines: [],
    refusals: refusalsOf(verdict.refusals),
    logUnread: false,
    notActive: { writtenAt: verdict.fileWrittenAt, startedAt: verdict.workerStartedAt },
  };
  return keep(desk, draft(desk, turn, server, [plan], context));
};

/** Plans the way back of a change that wrote: its backup in the place of the file that it left. */
export const proposeRollBack = (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  of: Change,
): Promise<Change | undefined> => {
  const done = planOf(of);
  const edits: PlannedEdit[] = done.edits.map(({ key, from, to }) => ({ key, from: to, to: from }));
  const plan: Plan = {
    ...basePlan(desk, turn, server),
    moduleSha256: done.moduleSha256,
    kind: 'roll-back',
    path: done.path,
    sha256Before: done.sha256After,
    sha256After: done.sha256Before,
    edits,
    backup: backupOf(done),
  };
  // What was read before the change says nothing of the server as it is now.
  const { way: _way, rootCause: _rootCause, interruption: _interruption, ...context } = of.context;
  const now: ChangeContext = {
    ...context,
    limit: edits[0]?.from ?? of.context.limit,
    lines: [],
    refusals: null,
    logUnread: false,
    notActive: null,
  };
  return keep(desk, draft(desk, turn, server, [plan], now));
};

const basePlan = (desk: Desk, turn: Turn, { name: server, policy }: ServerConfig, report?: Report) => ({
  changeId: desk.randomId(),
  server,
  activation: desk.config.activation,
  moduleSha256: report?.module.ok ? report.module.sha256 : null,
  policySha256: policyHash(policy),
  requesterId: turn.who.aadObjectId,
  expiresAt: new Date(desk.now().getTime() + policy.validFor).toISOString(),
});

const draft = (
  desk: Desk,
  turn: Turn,
  { policy }: ServerConfig,
  plans: readonly Plan[],
  context: ChangeContext,
): NewChange | undefined => {
  const first = plans[0];
  if (first === undefined) return undefined;
  return {
    id: first.changeId,
    server: first.server,
    kind: first.kind,
    plans: plans.map((plan) => ({ plan, hash: planHash(plan) })),
    context,
    policy,
    requester: turn.who,
    createdAt: desk.now(),
    expiresAt: new Date(first.expiresAt),
  };
};

/** Keeps the proposal; the cards of those that it replaces are told. */
const keep = async (desk: Desk, change: NewChange | undefined): Promise<Change | undefined> => {
  if (change === undefined) return undefined;
  const proposed = await propose(desk.database, change);
  if (proposed.kind === 'same') return findChange(desk.database, proposed.id);
  for (const id of proposed.superseded) desk.onMoved(id);
  return findChange(desk.database, change.id);
};

const surroundings = (report: Report): Pick<ChangeContext, 'sites' | 'pool'> => ({
  sites: report.sites.ok
    ? report.sites.sites.map(({ name, ports, isWsus, applications }) => ({
        name,
        ports,
        isWsus,
        applications,
      }))
    : [],
  pool: report.pool.ok ? report.pool.name : null,
});

const refusalsOf = (refusals: Refusals | null): ChangeContext['refusals'] =>
  refusals === null
    ? null
    : {
        clients: refusals.clients,
        count: refusals.count,
        since: logTimeOf(refusals.since),
        last: logTimeOf(refusals.last),
      };

/** A local time of an unnamed zone is no instant: it is shown as the log has it, to the second. */
export const logTimeOf = (time: LogTime | null): { at: Date } | { asLogged: string } | null => {
  if (time === null) return null;
  return time.zone === 'local'
    ? { asLogged: time.iso.replace('T', ' ').slice(0, 19) }
    : { at: new Date(time.iso) };
};
