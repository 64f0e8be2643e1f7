import type { Notice } from '../notice.ts';
import { approvalWords } from './approval-words.ts';
import { fileWords } from './file-words.ts';
import { freezeWords } from './freeze-words.ts';
import { lockWords } from './lock-words.ts';
import type { NoticeWords } from './notice-words.ts';
import { notifyWords } from './notify-words.ts';
import { talkWords } from './talk-words.ts';

/** The words of a notice, from the file of what it is about. */
export function wordsOf(notice: Notice): NoticeWords {
  switch (notice.kind) {
    case 'may-not-check':
    case 'button-unknown':
    case 'arrived':
    case 'edited-command':
    case 'choose-first':
    case 'reading-broke-off':
    case 'stopping-to-check':
    case 'checked-no-more':
    case 'fix-how':
    case 'fix-too-many':
    case 'nothing-to-fix':
    case 'answer-unsure':
    case 'answer-too-long':
    case 'store-away':
      return talkWords(notice);
    case 'file-not-here':
    case 'file-absent':
    case 'file-not-in-cloud':
    case 'file-is-picture':
    case 'text-too-long':
    case 'file-not-in-window':
    case 'no-text-here':
    case 'file-not-read':
    case 'file-read-no-more':
    case 'stopping-to-read':
    case 'read-with-the-next':
    case 'read-with-those-before':
      return fileWords(notice);
    case 'already-running':
    case 'locked':
    case 'lock-unreadable':
    case 'may-not-unlock':
    case 'nothing-locked':
    case 'running-cannot-unlock':
    case 'unlock-how':
    case 'unlocked':
      return lockWords(notice);
    case 'frozen':
    case 'already-frozen':
    case 'may-not-freeze':
    case 'nothing-frozen':
    case 'frozen-by-file':
    case 'freeze-how':
    case 'thawed':
      return freezeWords(notice);
    case 'may-not-notify':
    case 'notify-on':
    case 'notify-on-already':
    case 'notify-off':
    case 'notify-off-already':
    case 'notified':
      return notifyWords(notice);
    default:
      return approvalWords(notice);
  }
}
