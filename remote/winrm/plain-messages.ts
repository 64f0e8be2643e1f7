import type { MessageProtection } from './authentication.ts';

const contentType = 'application/soap+xml;charset=UTF-8';

/** Messages as they are, in a channel that TLS protects. @param everyMessage how each signs in itself, and its header Authorization */
export function plainMessages(everyMessage?: {
  readonly scheme: 'Basic' | 'certificate';
  readonly authorization: string;
}): MessageProtection {
  const headers = {
    'Content-Type': contentType,
    ...(everyMessage !== undefined && { Authorization: everyMessage.authorization }),
  };
  return {
    signsEveryMessage: everyMessage?.scheme,
    protect: (plain) => ({ headers, body: plain }),
    covers: (answer) => /^\s*application\/soap\+xml\s*(?:;|$)/i.test(answer.contentType ?? ''),
    open: ({ body }) => body,
  };
}
