import type { Change, Decision } from '../../../bot/changes/change.ts';
import { planOf } from '../../../bot/changes/change.ts';
import { planHash } from '../../../bot/changes/plan.ts';
import type { Inbound } from '../../../bot/conversation/chat.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { findAction } from '../../../bot/store/tokens.ts';
import { backupNameOf } from '../../../remote/contract.ts';
import { type Attempt, attemptsOf, isIn, isOpen, type Known, mayVote, situationOf, whyNot } from './judge.ts';
import type { ActingCall } from './model-server.ts';
import { policies } from './people.ts';
import type { Bot, Site } from './site.ts';

/** The model: what people tried, and what may come of it. */
export class Ledger {
  readonly known = new Map<string, Known>();
  attempts: Attempt[] = [];
  /** Things of one command that happen side by side: what depends on their order is not judged. */
  mixed = false;

  async attempt(site: Site, bot: Bot, inbound: Inbound): Promise<void> {
    const situation = await situationOf(site, bot);
    const personId = inbound.who.aadObjectId;
    if (inbound.kind === 'message') {
      const [verb, server, ...reason] = inbound.text.split(' ');
      if (verb === 'unlock')
        this.attempts.push({
          personId,
          kind: 'unlock',
          changeId: undefined,
          batchId: undefined,
          server,
          reason: reason.join(' '),
          situation,
        });
    } else if (inbound.kind === 'press') {
      const action = await findAction(site.database, inbound.token, inbound.where.conversationId);
      if (action === undefined) return;
      const reason = inbound.inputs.reason ?? '';
      this.attempts.push({
        personId,
        kind: action.kind,
        changeId: 'changeId' in action ? action.changeId : undefined,
        batchId: 'batchId' in action ? action.batchId : undefined,
        server: undefined,
        reason,
        situation,
      });
    }
  }

  /** Takes in what the store says now; what nobody tried, or was not allowed, is a violation. */
  takeIn(site: Site, changes: readonly Change[]): void {
    for (const change of changes) {
      const known = this.#knownOf(site, change);
      for (const decision of change.decisions) {
        const name = `${decision.decision} ${decision.person.aadObjectId}`;
        if (known.decisions.has(name)) continue;
        known.decisions.add(name);
        this.#judge(site, change, known, decision);
      }
      this.#judgeMove(site, change, known);
      known.state = change.state;
      known.expiresAt = change.expiresAt.getTime();
    }
    this.attempts = [];
  }

  #knownOf(site: Site, change: Change): Known {
    const there = this.known.get(change.id);
    if (there !== undefined) return there;
    const known: Known = {
      policy: site.policy,
      state: 'proposed',
      expiresAt: change.createdAt.getTime() + policies[site.policy].validFor,
      good: [],
      decisions: new Set(),
      disturbances: undefined,
      ended: false,
    };
    this.known.set(change.id, known);
    return known;
  }

  #judge(site: Site, change: Change, known: Known, decision: Decision): void {
    const kinds = attemptsOf[decision.decision];
    const made = this.attempts.filter(
      (attempt) =>
        kinds.includes(attempt.kind) &&
        attempt.personId === decision.person.aadObjectId &&
        (attempt.changeId === change.id ||
          attempt.server === change.server ||
          (attempt.batchId !== undefined && attempt.batchId === change.batch?.id)),
    );
    const why = made.map((attempt) => {
      const waited = waits(known.state, this.mixed || attempt.situation.isFrozen);
      return whyNot(attempt, change, known, decision, waited);
    });
    if (why.includes(undefined)) {
      known.good.push(decision);
      return;
    }
    const said = `${decision.person.name} ${decision.decision} change ${change.number}`;
    site.violations.push(`${said}: ${why.length === 0 ? 'never tried' : why.join(', ')}`);
  }

  #judgeMove(site: Site, change: Change, known: Known): void {
    const from = known.state;
    const isLegal = from === change.state || (reachable[from] ?? []).includes(change.state);
    if (!isLegal) site.violations.push(`change ${change.number} moved from ${from} to ${change.state}`);
    const isLetGo = from === 'proposed' && [...underWay, ...ends].some((state) => state === change.state);
    const votes = known.good.filter(({ decision }) => decision === 'approved').length;
    const isAllowed =
      votes >= policies[known.policy].approvals ||
      known.good.some(({ decision }) => decision === 'broke-glass');
    if (isLetGo && !isAllowed)
      site.violations.push(`change ${change.number} is ${change.state} with ${votes} votes`);
  }

  /** May this call go out? Asked of the first one that a change makes. */
  async mayAct(site: Site, call: ActingCall, bot: Bot): Promise<void> {
    const change = await findChange(site.database, call.request.changeId);
    const complain = (why: string) =>
      site.violations.push(`${call.functionName} for change ${change?.number}: ${why}`);
    if (change === undefined) return void complain('no such change');
    const before = callsOf(site, change).length;
    const known = this.known.get(change.id);
    const plan = planOf(change);
    if (plan.server !== call.server) complain('another server');
    if (change.state !== 'running' && call.fate !== 'held-before') complain(`it is ${change.state}`);
    if (change.planHash !== planHash(plan)) complain('another plan');
    if (before > 0) return;
    if (known !== undefined) known.disturbances = site.servers.get(call.server)?.disturbances;
    if (this.mixed) return;
    const situation = await situationOf(site, bot);
    const policyName = known?.policy ?? site.policy;
    const policy = policies[policyName];
    if (policyName !== site.policy) complain(`planned under "${policyName}", now "${site.policy}"`);
    if (situation.isFrozen) complain('frozen');
    if (situation.now >= change.expiresAt.getTime()) complain('expired');
    const decisions = change.decisions.filter(({ planHash: hash }) => hash === change.planHash);
    const glass = decisions.find(({ decision }) => decision === 'broke-glass');
    if (glass !== undefined) {
      if (!isIn(policy.breakGlass, glass.person.aadObjectId, situation)) complain('not in break glass');
      return;
    }
    const votes = new Set(
      decisions
        .filter(
          ({ decision, person }) => decision === 'approved' && mayVote(situation, change, person.aadObjectId),
        )
        .map(({ person }) => person.aadObjectId),
    );
    if (votes.size < policy.approvals) complain(`${votes.size} of ${policy.approvals} approvals`);
    if (!isOpen(policyName, situation.now)) complain('outside the window');
  }

  /** May the server begin with it? Not when the change has ended, however late the request is. */
  mayBegin(site: Site, call: ActingCall): void {
    const state = this.known.get(call.request.changeId)?.state;
    if (state === undefined || ['proposed', 'queued', 'approved', 'running', 'unknown'].includes(state))
      return;
    site.violations.push(`${call.functionName} began after its change had ended: ${state}`);
  }
}

/** Waits for people or for its time; one that was let go is put back by a freeze. */
const waits = (state: Change['state'], mayBeFrozen: boolean): boolean =>
  state === 'proposed' || state === 'queued' || (state === 'approved' && mayBeFrozen);

export const callsOf = (site: Site, change: Change): readonly ActingCall[] =>
  (site.servers.get(change.server)?.calls ?? []).filter(({ request }) => request.changeId === change.id);

/** This change is the way back of that one. */
export const isWayBackOf = (change: Change, of: Change): boolean =>
  change.kind === 'roll-back' && planOf(change).backup === backupNameOf(of.id);

const underWay = ['queued', 'approved', 'running'] as const;
const ends = ['succeeded', 'failed', 'unknown', 'stale', 'taken-over'] as const;
const closings = ['declined', 'expired', 'superseded', 'cancelled'] as const;

/** Where a state may lead to, by any number of moves. */
const reachable: Readonly<Partial<Record<Change['state'], readonly Change['state'][]>>> = {
  proposed: ['queued', 'approved', 'running', ...ends, ...closings],
  queued: ['approved', 'running', ...ends, ...closings],
  // A freeze puts it back.
  approved: ['queued', 'running', ...ends, ...closings],
  running: ends,
  unknown: ['succeeded', 'failed', 'stale', 'taken-over'],
};
