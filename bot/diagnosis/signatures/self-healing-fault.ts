import { handshakeErrorCodes } from '../faults/soap-error-code.ts';
import type { Signature } from '../signature.ts';

export const selfHealingFault: Signature = {
  id: 'self-healing-fault',
  heading: 'A fault that clients cure by themselves',
  cause:
    'The server asked the client to begin again: its cookie was old, or the server or its settings changed. The client does that at its next scan.',
  why: 'The ErrorCode belongs to the handshake between client and server, which the client repeats by itself.',
  remedy: [
    'Wait for the next scan. After a restored database or a change of server this is normal.',
    'When it does not end: servers behind one name must share one database, or each client must always meet the same server.',
  ],
  order: 'any order',
  link: {
    title: 'MS-WUSP, the protocol between client and server',
    url: 'https://learn.microsoft.com/openspecs/windows_protocols/ms-wusp/400d946f-f339-4853-b95a-4165c9fe6de0',
  },
  mayPropose: false,
  limitKey: null,
  rank: 90,
  match: (fault) => (handshakeErrorCodes.has(fault.errorCode?.toLowerCase() ?? '') ? 'certain' : null),
};
