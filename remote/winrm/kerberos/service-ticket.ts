import type { Credential, CredentialCache, Principal } from './credential-cache.ts';
import { type KerberosKey, kerberosKey } from './kerberos-key.ts';

/** A ticket for one service, ready to be shown. */
export interface ServiceTicket {
  readonly client: Principal;
  /** DER, sent as it is. */
  readonly ticket: Buffer;
  readonly sessionKey: KerberosKey;
  /** Milliseconds since 1970 by this machine's clock. */
  readonly startTime: number;
  readonly endTime: number;
  /** Clock of the domain minus clock of this machine, milliseconds. */
  readonly clockOffset: number;
}

/** @throws ProtocolError, unsupported when the session key is not AES */
export function serviceTicketOf(credential: Credential, { clockOffset }: CredentialCache): ServiceTicket {
  const { client, ticket, enctype, sessionKey, startTime, endTime } = credential;
  return {
    client,
    ticket,
    sessionKey: kerberosKey(enctype, sessionKey, 'reading a Kerberos ticket'),
    startTime: startTime * 1000 - clockOffset,
    endTime: endTime * 1000 - clockOffset,
    clockOffset,
  };
}
