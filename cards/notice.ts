import type { ApprovalNotice } from './notices/approval-words.ts';
import type { FileNotice } from './notices/file-words.ts';
import type { FreezeNotice } from './notices/freeze-words.ts';
import type { LockNotice } from './notices/lock-words.ts';
import type { NotifyNotice } from './notices/notify-words.ts';
import type { TalkNotice } from './notices/talk-words.ts';

/** Why a message or a press did not bring what it asked for, or what it did where no card of a change says so. */
export type Notice = TalkNotice | NotifyNotice | ApprovalNotice | LockNotice | FreezeNotice | FileNotice;
