import type { PolicyView } from './policy-view.ts';

/** Why a person may do something, or may not. Names are outside text. */
export type AllowanceView =
  | { readonly may: true; readonly because: 'everyone' | 'listed' }
  | { readonly may: true; readonly because: 'group'; readonly group: string }
  /** `instead`: names of people and groups who may; none: nobody. */
  | { readonly may: false; readonly because: 'not-listed'; readonly instead: readonly string[] }
  /** The directory did not say which groups the person is in. */
  | { readonly may: false; readonly because: 'directory-unread' }
  /** The message came without an object id. */
  | { readonly may: false; readonly because: 'no-identity' };

/** What a person may do on the servers named, which all have the same answer. */
export interface StandingView {
  readonly servers: readonly string[];
  readonly ask: AllowanceView;
  readonly approve: AllowanceView;
  readonly breakGlass: AllowanceView;
  readonly policy: PolicyView;
}
