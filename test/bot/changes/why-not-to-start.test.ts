import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Change } from '../../../bot/changes/change.ts';
import { inNoGroup, type Membership, unreadMembership } from '../../../bot/changes/membership.ts';
import { planHash } from '../../../bot/changes/plan.ts';
import { type Policy, policyHash } from '../../../bot/changes/policy.ts';
import { type StartRules, whyNotToStart } from '../../../bot/changes/why-not-to-start.ts';
import { approver, changeWith, requester } from './sample-change.ts';
import { samplePolicy } from './sample-policy.ts';
import { raisePlan } from './scene.ts';

const now = new Date('2026-11-25T02:10:00.000Z');
const second = { aadObjectId: 'cccccccc-0000-4000-8000-000000000003', name: 'Kim Larsen' };
const admins = { kind: 'group' as const, id: 'dddddddd-0000-4000-8000-000000000004', name: 'WSUS admins' };

const rules = (policy: Policy, changed: Partial<StartRules> = {}): StartRules => ({
  now: () => now,
  policyOf: () => policy,
  freezeState: async () => ({ kind: 'none' }),
  membershipOf: async () => inNoGroup,
  ...changed,
});

/** Approved under a policy, by one person unless told otherwise. */
const approvedUnder = (policy: Policy, by = [approver], changed: Partial<Change> = {}): Change => {
  const requesterId = (changed.requester ?? requester).aadObjectId;
  const plan = { ...raisePlan, policySha256: policyHash(policy), requesterId };
  const hash = planHash(plan);
  return {
    ...changeWith([], plan),
    planHash: hash,
    decisions: by.map((person) => ({
      decision: 'approved',
      planHash: hash,
      person,
      at: now,
      reason: null,
    })),
    ...changed,
  };
};

const brokenGlass = (policy: Policy, changed: Partial<Change> = {}): Change => {
  const change = approvedUnder(policy, [approver], changed);
  const decisions = change.decisions.map((entry) => ({
    ...entry,
    decision: 'broke-glass' as const,
    reason: 'Nobody else is awake',
  }));
  return { ...change, decisions };
};

const why = async (policy: Policy, change: Change, changed: Partial<StartRules> = {}) =>
  (await whyNotToStart(rules(policy, changed), change))?.code;

describe('a change that was approved', () => {
  test('starts while everything is as it was', async () => {
    assert.equal(await why(samplePolicy(), approvedUnder(samplePolicy())), undefined);
  });

  test('does not start when its plan is not the approved one', async () => {
    const policy = samplePolicy();
    assert.equal(
      await why(policy, approvedUnder(policy, [approver], { planHash: 'f'.repeat(64) })),
      'plan-differs',
    );
    assert.equal(await why(policy, approvedUnder(policy, [])), 'plan-differs', 'nobody approved');
  });

  for (const [what, changed] of [
    ['server', { server: 'wsus02' }],
    ['id', { id: 'another' }],
    ['kind', { kind: 'restart' }],
    ['requester', { requester: second }],
  ] as const) {
    test(`does not start when the store has another ${what} beside the plan`, async () => {
      const policy = samplePolicy({ fourEyes: true });
      assert.equal(await why(policy, { ...approvedUnder(policy), ...changed }), 'plan-differs');
    });
  }

  test('does not start on an approval that came after the time of its plan', async () => {
    const policy = samplePolicy();
    const late = approvedUnder(policy);
    const at = new Date(raisePlan.expiresAt);
    const decisions = late.decisions.map((vote) => ({ ...vote, at }));
    assert.equal(await why(policy, { ...late, decisions }), 'approval-expired');
    const broken = brokenGlass({ ...policy, breakGlass: policy.approvers });
    const alone = { ...broken, decisions: broken.decisions.map((vote) => ({ ...vote, at })) };
    assert.equal(await why({ ...policy, breakGlass: policy.approvers }, alone), undefined);
  });

  test('does not start after its time', async () => {
    const policy = samplePolicy();
    assert.equal(
      await why(policy, approvedUnder(policy, [approver], { expiresAt: now })),
      'approval-expired',
    );
  });

  test('does not start on a server that left the inventory', async () => {
    const policy = samplePolicy();
    const gone = { policyOf: () => undefined };
    assert.equal(await why(policy, approvedUnder(policy), gone), 'not-in-inventory');
  });

  for (const [what, changed] of [
    ['asks for one more approval', { approvals: 2 }],
    ['asks for four eyes', { fourEyes: true }],
    ['has another window', { windows: [{ days: ['sunday'], from: '02:00', to: '04:00', zone: 'UTC' }] }],
    ['has other approvers', { approvers: [] }],
  ] as const) {
    test(`does not start when its policy ${what} now`, async () => {
      const moved = samplePolicy(changed as Partial<Policy>);
      assert.equal(await why(moved, approvedUnder(samplePolicy())), 'policy-moved');
    });
  }

  test('starts when an approver has another name now', async () => {
    const renamed = samplePolicy({
      approvers: [{ kind: 'person', id: approver.aadObjectId, name: 'Alex King' }],
    });
    assert.equal(await why(renamed, approvedUnder(samplePolicy())), undefined);
  });

  for (const [state, code] of [
    [{ kind: 'person', reason: 'x', by: approver, at: now }, 'frozen'],
    [{ kind: 'file', file: '/f', reason: 'x', since: now }, 'frozen'],
    [{ kind: 'file-unread', file: '/f' }, 'freeze-unread'],
  ] as const) {
    test(`does not start while changes are frozen: ${state.kind}`, async () => {
      const policy = samplePolicy();
      assert.equal(await why(policy, approvedUnder(policy), { freezeState: async () => state }), code);
      assert.equal(await why(policy, brokenGlass(policy), { freezeState: async () => state }), code);
    });
  }

  test('does not start when its window has closed meanwhile', async () => {
    const policy = samplePolicy({ windows: [{ days: ['sunday'], from: '02:00', to: '04:00', zone: 'UTC' }] });
    assert.equal(await why(policy, approvedUnder(policy)), 'window-closed');
    const open = new Date('2026-11-29T02:30:00.000Z');
    const change = approvedUnder(policy, [approver], { expiresAt: new Date('2026-11-29T04:00:00.000Z') });
    assert.equal(await why(policy, change, { now: () => open }), undefined);
  });
});

describe('the people behind an approval', () => {
  const inGroup: Membership = { groups: new Set([admins.id]), unread: null };
  const byGroup = samplePolicy({ approvers: [admins] });

  test('are asked for in the directory when it starts, each by their id', async () => {
    const asked: string[] = [];
    const membershipOf: StartRules['membershipOf'] = async (_policy, id) => {
      asked.push(id);
      return inGroup;
    };
    assert.equal(await why(byGroup, approvedUnder(byGroup), { membershipOf }), undefined);
    assert.deepEqual(asked, [approver.aadObjectId]);
  });

  test('who left their group meanwhile do not count any more', async () => {
    assert.equal(await why(byGroup, approvedUnder(byGroup)), 'approver-gone');
  });

  test('of whom the directory says nothing do not count, and that is said', async () => {
    const membershipOf = async () => unreadMembership('HTTP 503');
    assert.equal(await why(byGroup, approvedUnder(byGroup), { membershipOf }), 'directory-unread');
  });

  test('are as many as the policy asks for', async () => {
    const two = samplePolicy({
      approvals: 2,
      approvers: [...samplePolicy().approvers, { kind: 'person', id: second.aadObjectId, name: second.name }],
    });
    assert.equal(await why(two, approvedUnder(two)), 'approver-gone');
    assert.equal(
      await why(two, approvedUnder(two, [approver, approver])),
      'approver-gone',
      'one twice is one',
    );
    assert.equal(await why(two, approvedUnder(two, [approver, second])), undefined);
  });

  test('are not the one who asked, where four eyes are asked for', async () => {
    const four = samplePolicy({ fourEyes: true });
    assert.equal(await why(four, approvedUnder(four)), undefined);
    assert.equal(await why(four, approvedUnder(four, [approver], { requester: approver })), 'approver-gone');
    assert.equal(await why(four, approvedUnder(four, [requester])), 'approver-gone');
  });
});

describe('a broken glass', () => {
  const policy = samplePolicy({
    approvals: 2,
    fourEyes: true,
    windows: [{ days: ['sunday'], from: '02:00', to: '04:00', zone: 'UTC' }],
    breakGlass: [{ kind: 'person', id: approver.aadObjectId, name: approver.name }],
  });

  test('lets one person run a change outside of the window and without others', async () => {
    assert.equal(await why(policy, brokenGlass(policy, { requester: approver })), undefined);
  });

  test('by a person who may not break it any more starts nothing', async () => {
    const without = { ...policy, breakGlass: [] };
    assert.equal(await why(without, brokenGlass(without)), 'approver-gone');
  });
});
