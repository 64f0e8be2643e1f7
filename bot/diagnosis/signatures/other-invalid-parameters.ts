import type { Signature } from '../signature.ts';
import { hasErrorCode, isCutShort, namesLimit } from './soap-rules.ts';

export const otherInvalidParameters: Signature = {
  id: 'other-invalid-parameters',
  heading: 'The server refuses another part of the request',
  cause:
    'WSUS answered InvalidParameters, but not for one of the two lists that have a limit in web.config. Raising a limit would not help.',
  why: 'The fault is InvalidParameters as in KB 4096317, but its message names neither of the two lists, or it comes from another service.',
  remedy: [
    'Compare with another client of the same Windows version: one client alone points to its own update data.',
    'Look at the name in the message. For categories and file digests the limit is built into WSUS.',
    'Give method and message to Microsoft’s support when every client shows it.',
  ],
  variants: {
    'other-call': {
      heading: 'The same words, but not from SyncUpdates of WSUS',
      cause:
        'The message is one of the two limits, but another method, another service or one of Microsoft’s own servers sent it. The limits in web.config count for SyncUpdates of ClientWebService only, so raising one would not help.',
      why: 'Method, actor or server of the fault is not that of KB 4096317.',
      remedy: [
        'Check which server the client scans: WUServer in its policy, and the line “Got WSUS Client/Server URL” in its log.',
        'Give method and message to Microsoft’s support when every client shows it.',
      ],
    },
  },
  link: {
    title: 'MS-WUSP, the protocol between client and server',
    url: 'https://learn.microsoft.com/openspecs/windows_protocols/ms-wusp/400d946f-f339-4853-b95a-4165c9fe6de0',
  },
  mayPropose: false,
  limitKey: null,
  rank: 30,
  match: (fault) => {
    if (fault.service === 'ServerSyncWebService' || isCutShort(fault)) return null;
    return hasErrorCode(fault, 'InvalidParameters') ? 'certain' : null;
  },
  variantOf: (fault) => (namesLimit(fault) ? 'other-call' : null),
};
