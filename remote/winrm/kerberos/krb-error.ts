import { applicationTag, DerReader } from '../der.ts';
import { decodeKerberosTime } from './kerberos-time.ts';

/** Error codes that a server answers to an AP-REQ (RFC 4120, 7.5.9). */
export const krbErrors = {
  badIntegrity: 31,
  ticketExpired: 32,
  ticketNotYetValid: 33,
  repeat: 34,
  notForUs: 35,
  clockSkew: 37,
  modified: 41,
  badKeyVersion: 44,
  generic: 60,
} as const;

/** Nobody vouches for what it says: a hint for people, never a reason to do with less. */
export interface KrbError {
  readonly code: number;
  /** Milliseconds since 1970 by the server's clock. */
  readonly serverTime: number;
}

const reader = new DerReader('reading a KRB-ERROR');

/** RFC 4120, 5.9.1. @throws ProtocolError */
export function readKrbError(message: Buffer): KrbError {
  const fields = reader.fields(reader.only(message, applicationTag(30)));
  return {
    code: reader.integer(reader.field(fields, 6)),
    serverTime: decodeKerberosTime(reader.time(reader.field(fields, 4))),
  };
}
