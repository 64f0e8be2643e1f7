import { type OwnText, own } from '../../cards/own-text.ts';
import type { Distrust } from './trusted-caller.ts';

/** Why somebody's activity is not worked on. `unknown`: Teams does not say now who they are. */
export type Stranger = Distrust | 'guest' | 'unknown';

/** What they are told, and what they can do. */
export const wordsFor = (stranger: Stranger): OwnText => {
  switch (stranger) {
    case 'tenant':
      return own`I work for the people of one organisation, and you write from another one, so I do nothing. If you belong to it: switch to it in Teams and write to me with your work account.`;
    case 'guest':
      return own`I work for members of this organisation. You are here as a guest, so I do nothing. Ask a colleague who is a member to write to me.`;
    case 'unknown':
      return own`Teams does not tell me just now who you are, so I do nothing. Wait a minute and try again.`;
    default:
      return own`I cannot tell who you are, so I do nothing. Write to me in Teams with your work account.`;
  }
};
