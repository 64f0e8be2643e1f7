import type { MessageProtection } from './authentication.ts';
import { isSealedContentType, openBody, type Sealer, type SealingProtocol, sealBody } from './sealed-body.ts';

/** Every message sealed by the context of its socket, both ways (MS-WSMV 2.2.9.1). */
export function sealedMessages(sealer: Sealer, protocol: SealingProtocol = 'SPNEGO'): MessageProtection {
  return {
    protect(plain) {
      const { contentType, body } = sealBody(sealer, plain, protocol);
      return { headers: { 'Content-Type': contentType }, body };
    },
    covers: ({ contentType }) => isSealedContentType(contentType, protocol),
    open: ({ body }) => openBody(sealer, body, protocol),
  };
}
