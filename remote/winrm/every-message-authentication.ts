import type { Authentication, Channel } from './authentication.ts';
import { plainMessages } from './plain-messages.ts';

/** Basic (RFC 7617, in UTF-8), for local accounts. The password itself is sent, so it is refused outside TLS. */
export function basicAuthentication(
  { user, password }: { readonly user: string; readonly password: string },
  channel: Channel,
): Authentication {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  return withEveryMessage(channel, { scheme: 'Basic', authorization });
}

/** The client certificate of the TLS channel, which the server maps to a local account (DSP0226, security profile https/mutual). */
export function certificateAuthentication(channel: Channel): Authentication {
  const authorization = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual';
  return withEveryMessage(channel, { scheme: 'certificate', authorization });
}

/** Signs in with the messages themselves: no request goes before them. */
function withEveryMessage(
  { isEncrypted }: Channel,
  everyMessage: Parameters<typeof plainMessages>[0],
): Authentication {
  if (!isEncrypted) throw new TypeError('this way to sign in needs TLS');
  return { signIn: async () => plainMessages(everyMessage) };
}
