import type { Signature } from '../signature.ts';
import { hasErrorCode, hasMessage, installedNonLeaf, isSyncUpdates } from './soap-rules.ts';

export const kb4096317: Signature = {
  id: 'kb4096317',
  heading: 'The server’s limit is too low for these clients',
  cause:
    'Each client sends a list of its installed prerequisites. The server refuses a list longer than its limit, by default 400, and the client shows 80244007.',
  why: 'The fault is InvalidParameters with parameters.InstalledNonLeafUpdateIDs, from SyncUpdates of ClientWebService. Nothing else has these three.',
  remedy: [
    'Raise maxInstalledPrerequisites in the web.config of ClientWebService from 400 to 800, then run IISReset.',
    'Do the same on every other server these clients use: the limit belongs to each server by itself.',
    'Decline superseded updates, and remove products and third-party categories nobody needs. This shortens the lists for good.',
  ],
  link: {
    title: 'KB 4096317',
    url: 'https://support.microsoft.com/help/4096317',
  },
  mayPropose: true,
  limitKey: 'maxInstalledPrerequisites',
  rank: 10,
  match: (fault) =>
    hasErrorCode(fault, 'InvalidParameters') && hasMessage(fault, installedNonLeaf) && isSyncUpdates(fault)
      ? 'certain'
      : null,
};
