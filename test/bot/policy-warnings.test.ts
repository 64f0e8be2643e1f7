import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Member } from '../../bot/changes/policy.ts';
import { policyWarnings } from '../../bot/policy-warnings.ts';
import { policyWith } from './changes/sample-policy.ts';

const person = (name: string): Member => ({ kind: 'person', id: name.toLowerCase(), name });
const board: Member = { kind: 'group', id: 'board', name: 'Board' };
const [ada, kim] = [person('Ada'), person('Kim')];
const warn = (changed: Parameters<typeof policyWith>[0]) =>
  policyWarnings({
    servers: [
      { name: 'a', policy: policyWith(changed) },
      { name: 'b', policy: policyWith(changed) },
    ],
    policy: policyWith(changed),
  });

test('nobody may approve', () => {
  assert.deepEqual(warn({}), ['nobody may approve a change on a, b; the bot can only read there']);
});

test('the only approver could never have their own plan approved', () => {
  assert.deepEqual(warn({ approvers: [ada], fourEyes: true }), [
    'on a, b a plan that Ada asks for cannot be approved: with four eyes, too few others may; list another approver, or set "fourEyes: false"',
  ]);
});

test('nor could any of two, where both have to approve', () => {
  assert.match(
    warn({ approvers: [ada, kim], approvals: 2, fourEyes: true })[0] ?? '',
    /^on a, b a plan that any of the approvers asks for cannot be approved/,
  );
});

test('all is well with one more, with a group, or without four eyes', () => {
  assert.deepEqual(warn({ approvers: [ada, kim], fourEyes: true }), []);
  assert.deepEqual(warn({ approvers: [ada, board], fourEyes: true }), []);
  assert.deepEqual(warn({ approvers: [ada], fourEyes: false }), []);
});

test('nobody may freeze changes from the chat', () => {
  const approvers = [ada, kim];
  assert.deepEqual(
    policyWarnings({ servers: [{ name: 'a', policy: policyWith({ approvers }) }], policy: policyWith() }),
    [
      'nobody may freeze changes from the chat; list approvers at the top of the file, or use the freeze file',
    ],
  );
});
