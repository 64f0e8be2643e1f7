import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inNoGroup, type Membership, unreadMembership } from '../../../../bot/changes/membership.ts';
import type { Member } from '../../../../bot/changes/policy.ts';
import { directoryStep } from '../../../../bot/cli/doctor/directory-step.ts';
import { policyWith } from '../../changes/sample-policy.ts';

const ada: Member = { kind: 'person', id: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'Ada' };
const board: Member = { kind: 'group', id: '33333333-3333-4333-8333-333333333333', name: 'Board' };

const stepWith = async (approvers: readonly Member[], answer: Membership) => {
  const asked: unknown[] = [];
  const step = await directoryStep(
    { servers: [], policy: policyWith({ approvers: [...approvers] }) },
    {
      groupsOf: async (...question) => {
        asked.push(question);
        return answer;
      },
    },
  );
  return { step, asked };
};

test('without a group of Entra nobody is asked', async () => {
  assert.deepEqual(await stepWith([ada], inNoGroup), { step: undefined, asked: [] });
});

test('a person of the policy is asked about, afresh', async () => {
  const { step, asked } = await stepWith([board, ada], inNoGroup);
  assert.equal(step?.ok, true);
  assert.deepEqual(asked, [[ada.id, [board.id], 'now']]);
});

test('where the policy lists no person, nobody in particular', async () => {
  const { asked } = await stepWith([board], inNoGroup);
  assert.deepEqual(asked, [['00000000-0000-4000-8000-000000000000', [board.id], 'now']]);
});

test('what the directory refuses is said', async () => {
  const { step } = await stepWith([board], unreadMembership('Microsoft Graph answered 500'));
  assert.deepEqual(step, {
    ok: false,
    text: 'nobody gets in through a group of Entra: Microsoft Graph answered 500',
  });
});
