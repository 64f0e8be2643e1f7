import type { RemoteError } from './remote-error.ts';
import type { Authentication, Channel } from './winrm/authentication.ts';
import { basicAuthentication, certificateAuthentication } from './winrm/every-message-authentication.ts';
import { kerberosAuthentication } from './winrm/kerberos/kerberos-authentication.ts';
import type { KerberosSettings, KeytabAccount } from './winrm/kerberos/kerberos-settings.ts';
import { processTickets } from './winrm/kerberos/process-tickets.ts';
import type { TicketSupply } from './winrm/kerberos/ticket-supply.ts';
import { ticketsOrNtlm } from './winrm/kerberos/tickets-or-ntlm.ts';
import { ntlmAuthentication } from './winrm/ntlm/ntlm-authentication.ts';
import type { NtlmClientOptions } from './winrm/ntlm/ntlm-client.ts';
import type { WinrmTarget } from './wsus-server.ts';

export interface SignInDependencies extends Pick<NtlmClientOptions, 'randomBytes' | 'now'> {
  /** Where the tickets of an account come from. The default is kinit and kvno. */
  readonly ticketsOf?: ((account: KeytabAccount) => TicketSupply) | undefined;
  /** NTLM is used where Kerberos was to be, for this reason. */
  readonly onFallback?: ((reason: RemoteError) => void) | undefined;
}

/** How to sign in to a target on one channel. */
export function authenticationOf(
  target: WinrmTarget,
  dependencies: SignInDependencies,
  channel: Channel,
): Authentication {
  const { auth, account, kerberos } = target;
  const { randomBytes, now } = dependencies;
  const ntlm = () => ntlmAuthentication({ account, randomBytes, now }, channel);
  switch (auth ?? 'ntlm') {
    case 'ntlm':
      return ntlm();
    case 'kerberos': {
      if (kerberos === undefined) throw new TypeError('signing in with Kerberos without a keytab');
      const byTicket = withTicket(target.host, kerberos, dependencies, channel);
      if (!kerberos.mayFallBackToNtlm) return byTicket;
      return ticketsOrNtlm(byTicket, ntlm(), (reason) => dependencies.onFallback?.(reason));
    }
    case 'basic':
      return basicAuthentication(account, channel);
    case 'certificate':
      return certificateAuthentication(channel);
  }
}

function withTicket(
  host: string,
  kerberos: KerberosSettings,
  { randomBytes, now, ticketsOf = processTickets }: SignInDependencies,
  channel: Channel,
): Authentication {
  const name = { service: kerberos.service, host };
  return kerberosAuthentication({ tickets: ticketsOf(kerberos), name, randomBytes, now }, channel);
}
