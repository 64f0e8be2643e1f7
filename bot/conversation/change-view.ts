import type { ApprovalsView, VoteView } from '../../cards/approval-view.ts';
import type { ChangeStepView, ChangeView, LimitEditView, PeopleView } from '../../cards/change-view.ts';
import type { PlanView } from '../../cards/plan-view.ts';
import type { PolicyView } from '../../cards/policy-view.ts';
import type { ProofView } from '../../cards/proof-view.ts';
import type { StartView } from '../../cards/window-view.ts';
import { type Change, consentOf, type Decision, decisionOf, type Proof, planOf } from '../changes/change.ts';
import { backupOf, type Plan, type PlannedEdit } from '../changes/plan.ts';
import type { Policy } from '../changes/policy.ts';
import { type Step, stepsOf } from '../changes/step.ts';
import { notesView } from './report-notes.ts';

/** A change in the terms of the cards. */
export const changeViewOf = (change: Change): ChangeView => {
  const plan = planOf(change);
  return {
    server: change.server,
    activation: plan.activation,
    work: workOf(plan, change),
    number: change.number,
  };
};

const workOf = (plan: Plan, change: Change): ChangeView['work'] => {
  if (plan.kind === 'restart') return { kind: 'restart', value: change.context.limit };
  return { kind: plan.kind, edits: plan.edits.map((edit) => editView(edit, change)) };
};

const editView = (edit: PlannedEdit, change: Change): LimitEditView => {
  const line = change.context.lines.find((entry) => entry.key === edit.key)?.line;
  return { ...edit, ...(line === undefined ? {} : { line }) };
};

/**
 * The plan as its proposal shows it: the smallest one with the second key as an option, or after the first approval the one
 * that was approved.
 */
export const planViewOf = (change: Change, start?: StartView): PlanView => {
  const { context, policy } = change;
  const chosen = change.plans.find(({ hash }) => hash === change.planHash);
  const { plan, hash } = chosen ?? smallest(change);
  const second =
    chosen === undefined
      ? change.plans[1]?.plan.edits.find((edit) => !plan.edits.some((other) => other.key === edit.key))
      : undefined;
  const lines = context.lines.find((entry) => entry.key === plan.edits[0]?.key);
  const touchesFile = plan.kind !== 'restart';
  const backup = backupOf(plan);
  return {
    server: change.server,
    activation: plan.activation,
    work: workOf(plan, change),
    cause: causeOf(change),
    ...(context.way === undefined ? {} : { way: context.way }),
    ...notesView(context),
    sites: context.sites,
    ...(context.pool === null ? {} : { pool: context.pool }),
    ...(second === undefined ? {} : { secondKey: editView(second, change) }),
    ...(policy === undefined ? {} : { approvals: approvalsOf(change, policy) }),
    ...(start === undefined ? {} : { start }),
    askedBy: change.requester.name,
    askedAt: change.createdAt,
    validUntil: change.expiresAt,
    details: {
      id: String(change.number),
      hash,
      ...(plan.moduleSha256 === null ? {} : { module: plan.moduleSha256 }),
      ...(policy === undefined ? {} : { policy: policyViewOf(policy) }),
      ...(touchesFile
        ? { file: plan.path, sha256Before: plan.sha256Before, sha256After: plan.sha256After }
        : {}),
      ...(lines === undefined || !touchesFile ? {} : { lineNow: lines.text }),
      ...(backup === null ? {} : { backup }),
    },
  };
};

const causeOf = (change: Change): PlanView['cause'] => {
  const { refusals, notActive } = change.context;
  if (change.kind === 'roll-back') return { kind: 'roll-back' };
  if (change.kind === 'restart' && notActive !== null) {
    return {
      kind: 'not-active',
      writtenAt: new Date(notActive.writtenAt),
      startedAt: new Date(notActive.startedAt),
    };
  }
  if (refusals === null) {
    return change.context.logUnread ? { kind: 'limit-only', logUnread: true } : { kind: 'limit-only' };
  }
  return {
    kind: 'refused',
    clients: refusals.clients,
    ...(refusals.since === null ? {} : { since: refusals.since }),
    ...(refusals.last === null ? {} : { last: refusals.last }),
  };
};

/** Every step of the change's own course, those to come included, then the way back as far as it was gone. */
export const stepViewsOf = (change: Change): ChangeStepView[] => {
  const course = stepsOf[change.kind];
  const wayBack = change.steps.filter((step) => !course.includes(step.name));
  return [
    ...course.map((name): ChangeStepView => {
      const journalled = change.steps.find((step) => step.name === name);
      return journalled === undefined ? { step: name, state: 'later' } : stepView(journalled, change);
    }),
    ...wayBack.map((step) => stepView(step, change)),
  ];
};

const stepView = (journalled: Step, change: Change): ChangeStepView => {
  const state = stateOf(journalled, change);
  const reason = state === 'failed' || state === 'not-known' ? reasonIn(change) : undefined;
  return {
    step: journalled.name,
    state,
    startedAt: journalled.startedAt,
    ...(journalled.endedAt === undefined ? {} : { endedAt: journalled.endedAt }),
    ...(reason === undefined ? {} : { reason }),
  };
};

const stateOf = (step: Step, change: Change): ChangeStepView['state'] => {
  if (step.state === 'started') return change.state === 'running' ? 'now' : 'not-known';
  return step.state === 'unknown' ? 'not-known' : step.state;
};

/** Why the change ended as it did, in our words, with what the server said. */
export const reasonIn = (change: Change): string | undefined => {
  const { result } = change;
  if (result === undefined || !('reason' in result)) return undefined;
  const { text, serverText } = result.reason;
  return serverText === null ? text : `${text}: ${serverText}`;
};

const smallest = (change: Change): Change['plans'][number] => {
  const [first] = change.plans;
  if (first === undefined) throw new Error(`change ${change.id} has no plan`);
  return first;
};

const approvalsOf = (change: Change, policy: Policy): ApprovalsView => ({
  needed: policy.approvals,
  votes: change.decisions.filter(({ decision }) => decision === 'approved').map(voteOf),
});

const voteOf = ({ person, at }: Decision): VoteView => ({ by: person.name, at });

export const policyViewOf = ({ approvals, fourEyes, windows }: Policy): PolicyView => ({
  approvals,
  fourEyes,
  windows,
});

/** Who asked, and who let it run: names as they were then. */
export const peopleOf = (change: Change): PeopleView => {
  const askedBy = change.requester.name;
  const alone = decisionOf(change, 'broke-glass');
  if (alone !== undefined) {
    return { askedBy, brokeGlass: { ...voteOf(alone), reason: alone.reason ?? '' } };
  }
  const [first, ...others] = consentOf(change).map(voteOf);
  if (first === undefined) return { askedBy };
  return others.length === 0
    ? { askedBy, approvedBy: first.by, approvedAt: first.at }
    : { askedBy, approvals: [first, ...others] };
};

/** The proofs that a change has, and for each that it lacks the reason. */
export const proofViewsOf = (change: Change, proof: Proof): ProofView[] => [
  ...fileProofs(change, proof),
  restartProof(proof),
  {
    kind: 'service-answers',
    status: proof.service.status,
    milliseconds: proof.service.milliseconds,
    ...(proof.service.pool === '' ? {} : { pool: proof.service.pool, poolState: proof.service.poolState }),
    ...(proof.service.sites === 0
      ? {}
      : { sites: { started: proof.service.sitesStarted, all: proof.service.sites } }),
  },
];

const fileProofs = (change: Change, proof: Proof): ProofView[] => {
  if (change.kind === 'restart') return [];
  const values = proof.values.map((value): ProofView => ({ kind: 'value-read-back', ...value }));
  return change.kind === 'roll-back' || values.length === 0
    ? [{ kind: 'file-as-before', sha256: proof.sha256 }, ...values]
    : values;
};

/** Why a restart could not be proven. */
export const unreadProcess = 'the worker process could not be read';

const restartProof = (proof: Proof): ProofView => {
  const { before, after, seen } = proof.restart;
  if (!seen || after === null) {
    return { kind: 'not-possible', proof: 'restart-seen', reason: unreadProcess };
  }
  return {
    kind: 'restart-seen',
    ...(before === null ? {} : { endedPid: before.pid }),
    startedPid: after.pid,
    startedAt: new Date(after.startedAt),
  };
};
