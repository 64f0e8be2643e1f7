/** What the directory says of one person, of the groups that a policy names. */
export interface Membership {
  /** Object ids of the groups that the person is in, directly or through other groups; lower case. */
  readonly groups: ReadonlySet<string>;
  /** Why the directory could not say it of every group; null when it could. */
  readonly unread: string | null;
}

/** Of a person in none of the groups, and where no policy names any. */
export const inNoGroup: Membership = { groups: new Set(), unread: null };

export const unreadMembership = (why: string): Membership => ({ groups: new Set(), unread: why });
