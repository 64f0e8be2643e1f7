import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { windowAt } from '../../bot/changes/maintenance-window.ts';
import { inNoGroup, type Membership, unreadMembership } from '../../bot/changes/membership.ts';
import {
  mayApprove,
  mayBreakGlass,
  mayRequest,
  type Permission,
  type Refusal,
} from '../../bot/changes/permission.ts';
import type { Policy } from '../../bot/changes/policy.ts';
import type { Config } from '../../bot/config.ts';
import { policyWarnings } from '../../bot/policy-warnings.ts';
import { configBelow, approvalsPage as page } from './config-on-page.ts';

const policyOn = (config: Config, name: string): Policy => {
  const server = config.servers.find((entry) => entry.name === name);
  assert.ok(server !== undefined);
  return server.policy;
};

const who = (digit: number) => ({
  aadObjectId: `${String(digit).repeat(8)}-${String(digit).repeat(4)}-4${String(digit).repeat(3)}-8${String(digit).repeat(3)}-${String(digit).repeat(12)}`,
});
const [ada, kim, noor, luis, sam] = [who(1), who(2), who(4), who(5), who(9)];
const board: Membership = { groups: new Set([who(3).aadObjectId]), unread: null };

const ruleOf = (permission: Permission) => (permission.may ? 'may' : permission.rule);
const approves = (policy: Policy, requester: typeof ada, person: typeof ada, membership = inNoGroup) =>
  ruleOf(mayApprove(policy, { requesterId: requester.aadObjectId, votes: [] }, person, membership));

/** In UTC. */
const nextAt = (policy: Policy, now: string) => {
  const state = windowAt(policy, new Date(now));
  return state.open ? 'open' : state.next.from.toISOString().slice(0, 16);
};

test('two approvers, four eyes, a window on Sunday, break-glass: as the page says', (t) => {
  const config = configBelow(t, 'Two approvers, four eyes, a window, break-glass');
  const policy = policyOn(config, 'wsus01');
  assert.deepEqual(
    [sam, ada, kim, noor].map((person) => approves(policy, sam, person)),
    ['not-approver', 'may', 'may', 'not-approver'],
  );
  assert.deepEqual([approves(policy, ada, ada), approves(policy, ada, kim)], ['four-eyes', 'may']);
  assert.equal(policy.approvals, 1);
  assert.deepEqual(
    [ada, noor].map((person) => ruleOf(mayBreakGlass(policy, person, inNoGroup))),
    ['not-break-glass', 'may'],
  );
  assert.equal(ruleOf(mayRequest(policy, sam, inNoGroup)), 'may');
  assert.equal(policy.outsideWindows, 'queue');
  assert.equal(
    nextAt(policy, '2026-11-26T12:00:00Z'),
    '2026-11-29T01:00',
    'Thursday waits for 02:00 in Berlin',
  );
  assert.equal(nextAt(policy, '2026-11-29T01:30:00Z'), 'open', 'Sunday 02:30');
  assert.equal(nextAt(policy, '2026-11-29T03:00:00Z'), '2026-12-06T01:00', 'Sunday 04:00');
  assert.deepEqual(policyWarnings(config), []);
});

test('both have to approve: two of three, and never who asked', (t) => {
  const heading = 'Both have to approve';
  const policy = policyOn(configBelow(t, heading), 'wsus01');
  assert.deepEqual([policy.approvals, policy.fourEyes], [2, true]);
  assert.deepEqual(
    [ada, kim, luis].map((person) => approves(policy, ada, person)),
    ['four-eyes', 'may', 'may'],
  );
});

test('and with two people alone the doctor warns', (t) => {
  const heading = 'Both have to approve';
  const approvers = [1, 2].map((digit) => ({ id: who(digit).aadObjectId, name: `${digit}` }));
  assert.equal(policyWarnings(configBelow(t, heading, { approvers })).length, 1);
});

test('a group approves; without the directory only who is listed by an own id', (t) => {
  const policy = policyOn(configBelow(t, 'A group of Entra approves'), 'wsus01');
  const silent = unreadMembership('no answer');
  assert.equal(approves(policy, sam, kim, board), 'may');
  assert.equal(approves(policy, sam, kim), 'not-approver');
  assert.equal(approves(policy, sam, kim, silent), 'directory-unread');
  assert.equal(approves(policy, sam, ada, silent), 'may');
});

test('other rules for some servers: as the page says', (t) => {
  const config = configBelow(t, 'Other rules for some servers');
  const [main, branch, lab] = ['wsus01', 'wsus02', 'wsus-test'].map((name) => policyOn(config, name));
  assert.ok(main !== undefined && branch !== undefined && lab !== undefined);
  const wednesday = '2026-11-25T12:00:00Z';
  assert.equal(nextAt(main, wednesday), '2026-11-29T01:00');
  assert.equal(nextAt(branch, wednesday), '2026-11-28T03:00', 'Friday 22:00 in New York');
  assert.equal(
    nextAt(branch, '2026-11-29T09:00:00Z'),
    'open',
    'Sunday 04:00 there, of the night of Saturday',
  );
  assert.equal(nextAt(branch, '2026-11-29T10:00:00Z'), '2026-12-05T03:00', 'Sunday 05:00 there');
  assert.equal(nextAt(lab, wednesday), 'open');
  assert.deepEqual(
    [main, branch, lab].map((policy) => [policy.outsideWindows, approves(policy, ada, ada)]),
    [
      ['queue', 'four-eyes'],
      ['refuse', 'four-eyes'],
      ['queue', 'may'],
    ],
  );
  assert.deepEqual(config.groups, [{ name: 'branches', servers: ['wsus02'] }]);
});

test('every refusal of a policy has a row', () => {
  const rules: Record<Refusal['rule'], true> = {
    'no-identity': true,
    'not-requester': true,
    'not-approver': true,
    'four-eyes': true,
    'already-approved': true,
    'not-break-glass': true,
    'directory-unread': true,
  };
  for (const rule of Object.keys(rules)) assert.match(page, new RegExp(`^\\| \`${rule}\` \\|`, 'm'), rule);
});

test('a plan may be approved for as long as the page says, unless set otherwise', (t) => {
  const policy = policyOn(configBelow(t, 'Both have to approve'), 'wsus01');
  const minutes = /A plan may be approved for the time of `planValidFor`, (\d+) minutes/.exec(page)?.[1];
  assert.equal(policy.validFor, Number(minutes) * 60_000);
});

test('the freeze file lies where the page says', (t) => {
  const { freezeFile } = configBelow(t, 'Both have to approve');
  assert.match(page, /make the file `data\/freeze` beside `wsus-bot\.yaml`/);
  assert.ok(freezeFile.endsWith(join('data', 'freeze')));
});
