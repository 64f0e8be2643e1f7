import { RemoteError, type RemoteErrorCode } from '../../remote-error.ts';
import type { Channel } from '../authentication.ts';
import { type KrbError, krbErrors } from './krb-error.ts';

const { badIntegrity, ticketExpired, ticketNotYetValid, notForUs, clockSkew, modified, badKeyVersion } =
  krbErrors;

/** Whether another ticket may be taken where this one was not: the server's key or clock may have changed meanwhile. */
export function mayBeStale(error: KrbError | undefined): boolean {
  const codes: readonly number[] = [ticketExpired, ticketNotYetValid, clockSkew, modified, badKeyVersion];
  return error !== undefined && codes.includes(error.code);
}

/** The error for a ticket that the server did not take. Its own word for it is a hint that nobody vouches for. */
export function serverRefusal(
  error: KrbError | undefined,
  at: { readonly doing: string; readonly now: number; readonly channel: Channel },
): RemoteError {
  const { doing, now, channel } = at;
  const fail = (code: RemoteErrorCode, detail: string) =>
    new RemoteError(code, { doing, detail, outcome: 'not-sent' });
  if (error === undefined) return new RemoteError('remote.sign-in-refused', { doing, outcome: 'not-sent' });
  const detail = `Kerberos error ${error.code}`;
  switch (error.code) {
    case clockSkew: {
      const seconds = Math.round(Math.abs(error.serverTime - now) / 1000);
      const known = Number.isFinite(seconds);
      return fail('remote.kerberos-clock', known ? `by ${seconds} s, ${detail}` : detail);
    }
    case ticketExpired:
    case ticketNotYetValid:
      return fail('remote.kerberos-clock', detail);
    case badIntegrity:
    case modified:
    case badKeyVersion:
    case notForUs:
      return fail('remote.kerberos-spn', `the server cannot read the ticket, ${detail}`);
    default:
      if (channel.bindings !== undefined && error.code === krbErrors.generic) {
        return fail('remote.channel-binding', detail);
      }
      return fail('remote.sign-in-refused', detail);
  }
}
