import type { ChangeStep, ChangeView } from './change-view.ts';
import { duringText } from './change-words.ts';
import { type OwnText, own } from './own-text.ts';

/** Why nobody can tell how a change ended. */
export interface LostView {
  /**
   * `silent`: the server does not answer. `foreign-file`: the file is neither the old nor the new one. `restart-not-seen`:
   * it answers, but nobody can tell whether it restarted. `bot-restarted`: the bot was down meanwhile.
   * `way-back-failed`: the change failed, and putting the backup back did too.
   */
  readonly why: 'silent' | 'foreign-file' | 'restart-not-seen' | 'bot-restarted' | 'way-back-failed';
  /** Step during which contact was lost. */
  readonly during: ChangeStep;
}

/** "Contact lost during IISReset": a sentence without its end. */
export function lostText({ why, during }: LostView, change: ChangeView): OwnText {
  switch (why) {
    case 'silent':
      return own`Contact lost during ${duringText(during, change)}`;
    case 'foreign-file':
      return own`Somebody else changed the file`;
    case 'restart-not-seen':
      return own`Whether it restarted was not seen`;
    case 'bot-restarted':
      return own`I was down during ${duringText(during, change)}`;
    case 'way-back-failed':
      return own`The change failed, and so did the way back`;
  }
}
