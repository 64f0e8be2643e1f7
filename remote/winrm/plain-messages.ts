import type { MessageProtection } from './authentication.ts';

const contentType = 'application/soap+xml;charset=UTF-8';

/** Messages as they are, in a channel that TLS protects. @param authorization header of every message, for a way that signs in with each */
export function plainMessages(authorization?: string): MessageProtection {
  const headers = {
    'Content-Type': contentType,
    ...(authorization !== undefined && { Authorization: authorization }),
  };
  return {
    signsEveryMessage: authorization !== undefined,
    protect: (plain) => ({ headers, body: plain }),
    covers: (answer) => /^\s*application\/soap\+xml\s*(?:;|$)/i.test(answer.contentType ?? ''),
    open: ({ body }) => body,
  };
}
