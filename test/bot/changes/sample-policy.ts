import type { Person } from '../../../bot/changes/person.ts';
import type { Member, Policy } from '../../../bot/changes/policy.ts';

export const memberOf = ({ aadObjectId: id, name }: Person): Member => ({ kind: 'person', id, name });

/** Under which the sample changes were planned. */
export const samplePolicy = (changed: Partial<Policy> = {}): Policy =>
  policyWith({
    approvers: [{ kind: 'person', id: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'Alex Wilber' }],
    ...changed,
  });

/** Everybody may ask; nobody may approve, unless `changed` says so. */
export const policyWith = (changed: Partial<Policy> = {}): Policy => ({
  requesters: 'everyone',
  approvers: [],
  approvals: 1,
  fourEyes: false,
  validFor: 3_600_000,
  windows: [],
  outsideWindows: 'refuse',
  breakGlass: [],
  ...changed,
});
