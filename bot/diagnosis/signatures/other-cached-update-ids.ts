import type { Signature } from '../signature.ts';
import { hasErrorCode, hasMessage, isSyncUpdates, otherCached } from './soap-rules.ts';

export const otherCachedUpdateIds: Signature = {
  id: 'other-cached-update-ids',
  heading: 'Same code, another limit: maxCachedUpdates',
  cause:
    'These clients remember more updates than the server accepts, by default 22000. Raising maxInstalledPrerequisites would not help.',
  why: 'The fault is InvalidParameters as in KB 4096317, but its message is parameters.OtherCachedUpdateIDs.',
  remedy: [
    'Decline superseded updates. This shortens the lists for good.',
    'If it still fails, raise maxCachedUpdates in the web.config of ClientWebService from 22000 to 44000, then run IISReset.',
  ],
  link: {
    title: 'Microsoft’s article on 0x80244007',
    url: 'https://learn.microsoft.com/troubleshoot/windows-server/installing-updates-features-roles/troubleshoot-windows-update-error-0x80244007',
  },
  mayPropose: false,
  limitKey: 'maxCachedUpdates',
  rank: 20,
  match: (fault) =>
    hasErrorCode(fault, 'InvalidParameters') && hasMessage(fault, otherCached) && isSyncUpdates(fault)
      ? 'certain'
      : null,
};
