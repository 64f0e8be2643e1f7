import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Member, type Policy, policyHash } from '../../../bot/changes/policy.ts';
import { policyWith } from './sample-policy.ts';

const person = (id: string, name = id): Member => ({ kind: 'person', id, name });
const group = (id: string): Member => ({ kind: 'group', id, name: id });
const sunday: Policy['windows'][number] = {
  days: ['sunday', 'friday'],
  from: '02:00',
  to: '04:00',
  zone: 'UTC',
};
const friday: Policy['windows'][number] = {
  days: ['friday'],
  from: '22:00',
  to: '04:00',
  zone: 'Europe/Berlin',
};

const base = policyWith({
  requesters: [person('r'), person('s')],
  approvers: [person('a'), group('g')],
  windows: [sunday, friday],
  breakGlass: [person('b')],
});

test('names and the order of things do not change what a policy decides, so not its hash either', () => {
  const same: Policy = {
    ...base,
    requesters: [person('s'), person('r', 'Renamed')],
    approvers: [group('g'), person('a', 'Ada'), person('a', 'Ada Novak')],
    windows: [friday, { ...sunday, days: ['friday', 'sunday', 'friday'] }],
  };
  assert.equal(policyHash(same), policyHash(base));
});

for (const [what, changed] of [
  ['a requester', { requesters: [person('r')] }],
  ['everyone as requester', { requesters: 'everyone' }],
  ['an approver', { approvers: [person('a')] }],
  ['a group that becomes a person', { approvers: [person('a'), person('g')] }],
  ['the number of approvals', { approvals: 2 }],
  ['four eyes', { fourEyes: true }],
  ['the time to approve', { validFor: 1 }],
  ['a day of a window', { windows: [{ ...sunday, days: ['sunday'] }, friday] }],
  ['the zone of a window', { windows: [sunday, { ...friday, zone: 'UTC' }] }],
  ['a window', { windows: [] }],
  ['what happens outside the windows', { outsideWindows: 'queue' }],
  ['who may break glass', { breakGlass: [] }],
] as const satisfies readonly (readonly [string, unknown])[]) {
  test(`${what} changes the hash`, () => {
    assert.notEqual(policyHash({ ...base, ...(changed as Partial<Policy>) }), policyHash(base));
  });
}
