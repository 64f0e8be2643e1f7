import { randomUUID } from 'node:crypto';
import { type Plan, planHash } from '../../../bot/changes/plan.ts';
import { approve } from '../../../bot/store/decide.ts';
import type { Database } from '../../../bot/store/open-database.ts';
import { type NewChange, propose } from '../../../bot/store/propose.ts';
import { approver, context, requester } from '../changes/sample-change.ts';
import { samplePolicy } from '../changes/sample-policy.ts';
import { raisePlan } from '../changes/scene.ts';

/** An empty store that ends with the test; of the kind that `testOnBothStores` chose, else in memory. */
export { emptyStore as memoryStore } from './both-stores.ts';

export const minutes = (count: number): Date =>
  new Date(Date.parse('2026-11-25T02:00:00.000Z') + count * 60_000);

/** A plan of its own for a server, valid for an hour from 02:00. */
export const newPlan = (server = 'wsus01', plan: Plan = raisePlan): Plan => ({
  ...plan,
  changeId: randomUUID(),
  server,
});

export const newChange = (plan: Plan = newPlan(), createdAt = minutes(0)): NewChange => ({
  id: plan.changeId,
  server: plan.server,
  kind: plan.kind,
  plans: [{ plan, hash: planHash(plan) }],
  context,
  policy: samplePolicy(),
  requester,
  createdAt,
  expiresAt: new Date(plan.expiresAt),
});

/** Adds a proposal and answers its id. */
export const proposed = async (database: Database, plan: Plan = newPlan()): Promise<string> => {
  await propose(database, newChange(plan));
  return plan.changeId;
};

/** Adds a proposal that is approved already and answers its id. */
export const approved = async (database: Database, plan: Plan = newPlan()): Promise<string> => {
  const id = await proposed(database, plan);
  await approve(database, id, { planHash: planHash(plan), person: approver, at: minutes(1) }, { needed: 1 });
  return id;
};
