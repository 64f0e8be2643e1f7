import { soapFault } from '../hresult-codes.ts';
import type { Signature } from '../signature.ts';
import { isCutShort } from './soap-rules.ts';

export const notEnoughEvidence: Signature = {
  id: 'not-enough-evidence',
  heading: 'This alone does not name the cause',
  cause:
    '80244007 says only that WSUS answered with a fault. Three known faults look like this, and each has its own fix.',
  remedy: [
    'Send the lines that carry ErrorCode and Message, from the server’s log or from a failing client.',
  ],
  link: {
    title: 'Microsoft’s article on 0x80244007',
    url: 'https://learn.microsoft.com/troubleshoot/windows-server/installing-updates-features-roles/troubleshoot-windows-update-error-0x80244007',
  },
  mayPropose: false,
  limitKey: null,
  rank: 70,
  match: (fault) => (fault.hresults.includes(soapFault) || isCutShort(fault) ? 'weak' : null),
};
