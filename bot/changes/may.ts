import type { Person } from './person.ts';

/** The people of the configuration; ids are Entra object ids. */
type Listed = readonly { readonly id: string }[];

export interface PeopleRules {
  readonly approvers: Listed;
  readonly requesters: 'everyone' | Listed;
}

/** An approver may approve, and everything less. */
export const mayApprove = (
  rules: Pick<PeopleRules, 'approvers'>,
  person: Pick<Person, 'aadObjectId'>,
): boolean => includes(rules.approvers, person);

/** Reading a server and asking for a change. */
export const mayRequest = (rules: PeopleRules, person: Pick<Person, 'aadObjectId'>): boolean =>
  rules.requesters === 'everyone' || includes(rules.requesters, person) || mayApprove(rules, person);

const includes = (people: Listed, person: Pick<Person, 'aadObjectId'>): boolean =>
  person.aadObjectId !== '' && people.some(({ id }) => id.toLowerCase() === person.aadObjectId.toLowerCase());
