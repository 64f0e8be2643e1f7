import { RemoteError, type RemoteErrorCode } from '../../remote-error.ts';
import type { Channel } from '../authentication.ts';
import { offeredIn, signInError } from '../http-errors.ts';
import type { HttpAnswer } from '../http-post.ts';
import { type KrbError, krbErrors } from './krb-error.ts';

const { badIntegrity, ticketExpired, ticketNotYetValid, notForUs, clockSkew, modified, badKeyVersion } =
  krbErrors;

/** Whether another ticket may be taken where this one was not: the server's key or clock may have changed meanwhile. */
export function mayBeStale(error: KrbError | undefined): boolean {
  const codes: readonly number[] = [ticketExpired, ticketNotYetValid, clockSkew, modified, badKeyVersion];
  return error !== undefined && codes.includes(error.code);
}

/** How a server did not take a ticket. */
export interface Refusal {
  readonly scheme: 'Negotiate' | 'Kerberos';
  readonly answer: HttpAnswer;
  /** Its own word for it, a hint that nobody vouches for. Windows mostly has none. */
  readonly error: KrbError | undefined;
}

/** The error for it. `clock`: what the sign-in said that the time is, milliseconds since 1970. */
export function serverRefusal(
  { scheme, answer, error }: Refusal,
  at: { readonly doing: string; readonly clock: number; readonly channel: Channel },
): RemoteError {
  const { doing, clock, channel } = at;
  const fail = (code: RemoteErrorCode, detail: string) =>
    new RemoteError(code, { doing, detail, outcome: 'not-sent' });
  if (error === undefined) {
    const { isEncrypted } = channel;
    const clockAhead = answer.date === undefined ? undefined : (answer.date - clock) / 1000;
    const offered = offeredIn(answer);
    const seen = { scheme, offered, isEncrypted, clockAhead, account: 'unknown' } as const;
    return signInError({ ...seen, hasTicket: true, isAnswered: true }, doing);
  }
  const detail = `Kerberos error ${error.code}`;
  switch (error.code) {
    case clockSkew: {
      const seconds = Math.round(Math.abs(error.serverTime - clock) / 1000);
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
      return fail('remote.kerberos-refused', detail);
  }
}
