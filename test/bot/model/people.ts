import type { Person } from '../../../bot/changes/person.ts';
import type { Member, Policy } from '../../../bot/changes/policy.ts';
import { memberOf, policyWith } from '../changes/sample-policy.ts';

const person = (digit: string, name: string): Person => ({
  aadObjectId: `${digit.repeat(8)}-0000-4000-8000-00000000000${digit}`,
  name,
});

export const alex = person('a', 'Alex Wilber');
export const bianca = person('b', 'Bianca Pisani');
export const megan = person('c', 'Megan Bowen');
export const glen = person('d', 'Glen Breaker');
export const sam = person('e', 'Sam Stranger');
export const people: readonly Person[] = [alex, bianca, megan, glen, sam];

export const groupId = '99999999-0000-4000-8000-000000000009';
const group: Member = { kind: 'group', id: groupId, name: 'WSUS approvers' };
const both = [memberOf(alex), memberOf(bianca)];
const windows: Policy['windows'] = [
  {
    days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
    from: '03:00',
    to: '05:00',
    zone: 'UTC',
  },
];

/** The rules that a run moves between. Each differs from every other in what it decides. */
export const policies = {
  simple: policyWith({ approvers: both }),
  'two of two': policyWith({ approvers: both, approvals: 2, breakGlass: [memberOf(glen)] }),
  'four eyes': policyWith({
    approvers: [...both, memberOf(megan)],
    fourEyes: true,
    breakGlass: [memberOf(alex)],
  }),
  'one left': policyWith({ approvers: [memberOf(alex)] }),
  'by group': policyWith({ approvers: [group], fourEyes: true }),
  'group in a window': policyWith({ approvers: [group], windows, outsideWindows: 'queue' }),
  queue: policyWith({ approvers: both, windows, outsideWindows: 'queue', breakGlass: [memberOf(glen)] }),
  'closed window': policyWith({ approvers: both, windows, outsideWindows: 'refuse' }),
} as const;
export type PolicyName = keyof typeof policies;
export const policyNames = Object.keys(policies) as PolicyName[];
