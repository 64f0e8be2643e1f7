import { RemoteError, type RemoteErrorCode } from '../../remote-error.ts';
import type { Authentication } from '../authentication.ts';

/**
 * Reasons to have no ticket that NTLM can help with. Not among them: a wrong key or a locked account, where NTLM would count as one more
 * attempt; and everything that a server answers, since that nobody vouches for.
 */
const noTicketThere: readonly RemoteErrorCode[] = [
  'remote.kerberos-programs',
  'remote.kerberos-kdc',
  'remote.kerberos-realm',
  'remote.kerberos-no-ticket',
  'remote.kerberos-spn',
  'remote.kerberos-enctype',
];

/**
 * Kerberos, and NTLM where there was no ticket to begin with. Only for who has allowed it.
 * @param onFallback is told why, each time
 */
export function ticketsOrNtlm(
  kerberos: Authentication,
  ntlm: Authentication,
  onFallback: (reason: RemoteError) => void,
): Authentication {
  return {
    async signIn(post, doing, deadline) {
      let posted = false;
      try {
        return await kerberos.signIn(
          (authorization) => {
            posted = true;
            return post(authorization);
          },
          doing,
          deadline,
        );
      } catch (error) {
        if (posted || !(error instanceof RemoteError && noTicketThere.includes(error.code))) throw error;
        onFallback(error);
        return ntlm.signIn(post, doing, deadline);
      }
    },
  };
}
