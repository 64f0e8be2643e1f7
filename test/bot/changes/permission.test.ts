import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { inNoGroup, type Membership, unreadMembership } from '../../../bot/changes/membership.ts';
import {
  approvalsStand,
  isApprover,
  mayApprove,
  mayBreakGlass,
  mayRequest,
  mayWithdraw,
  type Permission,
} from '../../../bot/changes/permission.ts';
import type { Member } from '../../../bot/changes/policy.ts';
import { policyWith } from './sample-policy.ts';

const person = (letter: string) => ({ aadObjectId: `${letter.repeat(8)}-0000-4000-8000-000000000001` });
const listed = (letter: string): Member => ({ kind: 'person', id: person(letter).aadObjectId, name: letter });
const board: Member = { kind: 'group', id: '33333333-3333-4333-8333-333333333333', name: 'Board' };
const onBoard: Membership = { groups: new Set([board.id]), unread: null };
const unread = unreadMembership('Microsoft Graph did not answer within 3 s');
const nobody = { aadObjectId: '' };
const [ada, ben, kim] = [person('a'), person('b'), person('c')];

const vote = ({ aadObjectId }: { aadObjectId: string }) => ({ personId: aadObjectId });
const askedBy = ({ aadObjectId }: { aadObjectId: string }, ...votes: { personId: string }[]) => ({
  requesterId: aadObjectId,
  votes,
});
const ruleOf = (permission: Permission): string =>
  permission.may ? `may: ${permission.because.rule}` : permission.rule;

describe('asking', () => {
  test('everyone may when the policy says so, and is somebody', () => {
    assert.equal(ruleOf(mayRequest(policyWith(), kim, inNoGroup)), 'may: everyone');
    assert.equal(ruleOf(mayRequest(policyWith(), nobody, inNoGroup)), 'no-identity');
  });

  test('else those on the list, and those who may approve or break glass', () => {
    const policy = policyWith({
      requesters: [listed('a')],
      approvers: [listed('b')],
      breakGlass: [listed('c')],
    });
    assert.equal(ruleOf(mayRequest(policy, ada, inNoGroup)), 'may: requesters');
    assert.equal(ruleOf(mayRequest(policy, ben, inNoGroup)), 'may: approvers');
    assert.equal(ruleOf(mayRequest(policy, kim, inNoGroup)), 'may: break-glass');
    assert.equal(ruleOf(mayRequest(policy, person('d'), inNoGroup)), 'not-requester');
  });
});

describe('approving', () => {
  const policy = policyWith({ approvers: [listed('a'), listed('b'), board], approvals: 2, fourEyes: true });

  test('is for the people listed, whatever the case of the id, and says by which entry', () => {
    const upper = { aadObjectId: ada.aadObjectId.toUpperCase() };
    assert.deepEqual(mayApprove(policy, askedBy(kim), upper, inNoGroup), {
      may: true,
      because: { rule: 'approvers', through: listed('a') },
    });
    assert.equal(ruleOf(mayApprove(policy, askedBy(ada), kim, inNoGroup)), 'not-approver');
  });

  test('is for the members of a group, as the directory says', () => {
    assert.deepEqual(mayApprove(policy, askedBy(ada), kim, onBoard), {
      may: true,
      because: { rule: 'approvers', through: board },
    });
  });

  test('is not for who asked, with four eyes; the refusal names the others', () => {
    assert.deepEqual(mayApprove(policy, askedBy(ada), ada, inNoGroup), {
      may: false,
      rule: 'four-eyes',
      approvers: [listed('b'), board],
    });
    const upper = { requesterId: ada.aadObjectId.toUpperCase(), votes: [] };
    assert.equal(ruleOf(mayApprove(policy, upper, ada, inNoGroup)), 'four-eyes');
  });

  test('is for who asked, without four eyes', () => {
    const alone = { ...policy, fourEyes: false };
    assert.equal(ruleOf(mayApprove(alone, askedBy(ada), ada, inNoGroup)), 'may: approvers');
  });

  test('counts a person once', () => {
    const asked = askedBy(kim, { personId: ada.aadObjectId.toUpperCase() });
    assert.deepEqual(mayApprove(policy, asked, ada, inNoGroup), {
      may: false,
      rule: 'already-approved',
      given: 1,
      needed: 2,
      approvers: [listed('b'), board],
    });
  });

  test('is not for a person whom the directory could not look up, and names reason and groups', () => {
    assert.deepEqual(mayApprove(policy, askedBy(ada), kim, unread), {
      may: false,
      rule: 'directory-unread',
      why: 'Microsoft Graph did not answer within 3 s',
      groups: [board],
    });
  });

  test('needs no directory for a person who is listed', () => {
    assert.equal(ruleOf(mayApprove(policy, askedBy(kim), ben, unread)), 'may: approvers');
  });

  test('does not blame the directory where the policy names no group', () => {
    const people = policyWith({ approvers: [listed('a')] });
    assert.equal(ruleOf(mayApprove(people, askedBy(ada), kim, unread)), 'not-approver');
  });

  test('is for nobody without an id, not even when an entry has an empty one', () => {
    const empty = policyWith({ approvers: [{ kind: 'person', id: '', name: 'Nobody' }] });
    assert.equal(ruleOf(mayApprove(empty, askedBy(ada), nobody, inNoGroup)), 'no-identity');
    assert.equal(ruleOf(isApprover(empty, nobody, inNoGroup)), 'no-identity');
  });
});

describe('breaking glass', () => {
  const policy = policyWith({ approvers: [listed('a')], breakGlass: [listed('b'), board], fourEyes: true });

  test('is for those on its list alone, approver or not', () => {
    assert.equal(ruleOf(mayBreakGlass(policy, ben, inNoGroup)), 'may: break-glass');
    assert.equal(ruleOf(mayBreakGlass(policy, kim, onBoard)), 'may: break-glass');
    assert.deepEqual(mayBreakGlass(policy, ada, inNoGroup), {
      may: false,
      rule: 'not-break-glass',
      breakGlass: [listed('b'), board],
    });
  });

  test('is for nobody when the list is empty', () => {
    assert.equal(ruleOf(mayBreakGlass(policyWith(), ada, inNoGroup)), 'not-break-glass');
  });
});

describe('taking a plan back', () => {
  const policy = policyWith({ approvers: [listed('a')], fourEyes: true });

  test('is for who asked, and for the approvers', () => {
    assert.equal(ruleOf(mayWithdraw(policy, askedBy(kim), kim, unread)), 'may: own-request');
    assert.equal(ruleOf(mayWithdraw(policy, askedBy(kim), ada, inNoGroup)), 'may: approvers');
    assert.equal(ruleOf(mayWithdraw(policy, askedBy(kim), ben, inNoGroup)), 'not-approver');
  });

  test('is not for nobody, not even of a plan that nobody asked for', () => {
    assert.equal(ruleOf(mayWithdraw(policy, askedBy(nobody), nobody, inNoGroup)), 'no-identity');
  });
});

describe('the approvals of a change that is about to start', () => {
  const policy = policyWith({ approvers: [listed('a'), listed('b'), board], approvals: 2, fourEyes: true });
  const votes = [vote(ada), vote(kim)];

  test('stand while their people still may approve', () => {
    const now = new Map([
      [ada.aadObjectId, inNoGroup],
      [kim.aadObjectId, onBoard],
    ]);
    const standing = approvalsStand(policy, ben.aadObjectId, votes, now);
    assert.deepEqual(standing, { enough: true, needed: 2, counting: votes, lost: [] });
  });

  test('do not stand when one of them has left the group, and say who and why', () => {
    const now = new Map([
      [ada.aadObjectId, inNoGroup],
      [kim.aadObjectId, inNoGroup],
    ]);
    const standing = approvalsStand(policy, ben.aadObjectId, votes, now);
    assert.equal(standing.enough, false);
    assert.deepEqual(standing.counting, [vote(ada)]);
    assert.deepEqual(
      standing.lost.map(({ vote, refusal }) => [vote.personId, refusal.rule]),
      [[kim.aadObjectId, 'not-approver']],
    );
  });

  test('do not stand when the directory does not answer, or was not asked', () => {
    const silent = new Map([[kim.aadObjectId, unread]]);
    for (const now of [silent, new Map<string, Membership>()]) {
      const standing = approvalsStand(policy, ben.aadObjectId, votes, now);
      assert.equal(standing.enough, false);
      assert.equal(standing.lost[0]?.refusal.rule, 'directory-unread');
    }
  });

  test('of one person count once, and of who asked not at all', () => {
    const now = new Map([ada, ben].map(({ aadObjectId }) => [aadObjectId, inNoGroup]));
    const twice = approvalsStand(policy, kim.aadObjectId, [vote(ada), vote(ada)], now);
    assert.equal(twice.enough, false);
    assert.equal(twice.lost[0]?.refusal.rule, 'already-approved');
    const own = approvalsStand(policy, ben.aadObjectId, [vote(ada), vote(ben)], now);
    assert.deepEqual([own.enough, own.lost[0]?.refusal.rule], [false, 'four-eyes']);
  });

  test('never are enough by people who may not approve, whatever the votes', () => {
    const letters = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    fc.assert(
      fc.property(
        fc.uniqueArray(letters),
        fc.array(letters),
        letters,
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        (approvers, voters, requester, approvals, fourEyes) => {
          const rules = policyWith({ approvers: approvers.map(listed), approvals, fourEyes });
          const given = voters.map((letter) => vote(person(letter)));
          const { enough, counting, lost } = approvalsStand(
            rules,
            person(requester).aadObjectId,
            given,
            new Map(),
          );
          const able = new Set(voters.filter((one) => approvers.includes(one)));
          if (fourEyes) able.delete(requester);
          assert.equal(enough, able.size >= approvals);
          assert.deepEqual(
            counting.map(({ personId }) => personId).toSorted(),
            [...able].map((letter) => person(letter).aadObjectId).toSorted(),
          );
          assert.equal(counting.length + lost.length, given.length);
        },
      ),
    );
  });
});
