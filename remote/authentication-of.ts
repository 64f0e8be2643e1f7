import type { Authentication, Channel } from './winrm/authentication.ts';
import { basicAuthentication, certificateAuthentication } from './winrm/every-message-authentication.ts';
import { ntlmAuthentication } from './winrm/ntlm/ntlm-authentication.ts';
import type { NtlmClientOptions } from './winrm/ntlm/ntlm-client.ts';
import type { WinrmTarget } from './wsus-server.ts';

/** How to sign in to a target on one channel. */
export function authenticationOf(
  { auth, account }: WinrmTarget,
  { randomBytes, now }: Pick<NtlmClientOptions, 'randomBytes' | 'now'>,
  channel: Channel,
): Authentication {
  switch (auth ?? 'ntlm') {
    case 'ntlm':
      return ntlmAuthentication({ account, randomBytes, now }, channel);
    case 'basic':
      return basicAuthentication(account, channel);
    case 'certificate':
      return certificateAuthentication(channel);
  }
}
