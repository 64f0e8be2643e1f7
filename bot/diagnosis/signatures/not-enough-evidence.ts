import { soapFault } from '../faults/hresult-codes.ts';
import type { Signature } from '../signature.ts';
import { isCutShort } from './soap-rules.ts';

const article = {
  title: 'Microsoft’s article on 0x80244007',
  url: 'https://learn.microsoft.com/troubleshoot/windows-server/installing-updates-features-roles/troubleshoot-windows-update-error-0x80244007',
} as const;

export const notEnoughEvidence: Signature = {
  id: 'not-enough-evidence',
  heading: '80244007 alone does not name the cause',
  cause:
    '80244007 says only that WSUS answered with a fault. Three known faults look like this, and each has its own fix. I propose nothing until I see which one it is.',
  why: 'No line holds ErrorCode and Message, which decide.',
  remedy: [
    'ErrorCode and Message decide. They stand in the server’s log, and in the log of a failing client.',
  ],
  variants: {
    'cut-short': {
      heading: 'The line that decides is cut',
      cause:
        'This is a fault of WSUS, but ErrorCode, Message and the service are not all readable. Two limits have messages that begin alike, and each has its own fix.',
      why: 'A part of the fault is missing: ErrorCode, the end of Message, or what names the service.',
      remedy: ['Send the whole line once more.'],
    },
    'unknown-code': {
      heading: 'I do not know this code',
      cause: 'The text holds an error code that is none of WSUS clients’ usual ones. It is not 80244007.',
      why: 'The code has no entry in my list, and no line holds ErrorCode and Message.',
      remedy: [
        'Look the code up in Microsoft’s list.',
        'Send more of the log around it if a scan against WSUS fails.',
      ],
    },
    undecoded: {
      heading: 'This log could not be decoded',
      cause:
        'Get-WindowsUpdateLog found no symbols and wrote GUIDs in place of text. Nothing can be read out of it.',
      why: 'Its lines hold a GUID where the text should be.',
      remedy: ['Decode the traces again, as below, and send the lines with ErrorCode or FAILED.'],
    },
    'http-error': {
      heading: 'HTTP 500 alone does not name the cause',
      cause:
        'WSUS sends every SOAP fault with HTTP 500, the harmless ones too. The IIS log does not hold the fault’s text.',
      why: 'These are requests to WSUS with status 500, and no line holds ErrorCode and Message.',
      remedy: [
        'Send the lines with ThrowException from SoftwareDistribution.log of the same minutes. Both logs are in UTC.',
      ],
    },
  },
  link: article,
  mayPropose: false,
  limitKey: null,
  rank: 70,
  match: (fault) => (fault.hresults.includes(soapFault) || isCutShort(fault) ? 'weak' : null),
  variantOf: (fault) => (isCutShort(fault) ? 'cut-short' : 'number-alone'),
};
