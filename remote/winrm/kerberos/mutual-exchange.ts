import { ProtocolError } from '../../protocol-error.ts';
import { readApRep } from './ap-rep.ts';
import { encodeApReq } from './ap-req.ts';
import { decodeKerberosToken, encodeKerberosToken, tokenIds } from './gss-frame.ts';
import { KerberosContext } from './kerberos-context.ts';
import { keySizeOf } from './kerberos-key.ts';
import { encodeKerberosTime } from './kerberos-time.ts';
import { type KrbError, readKrbError } from './krb-error.ts';
import type { ServiceTicket } from './service-ticket.ts';

export interface ExchangeOptions {
  readonly ticket: ServiceTicket;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Cryptographically random bytes. */
  readonly randomBytes: (size: number) => Buffer;
  /** 16 bytes; undefined without TLS. */
  readonly channelBindings: Buffer | undefined;
}

type ExchangeAnswer =
  | { readonly ok: true; readonly context: KerberosContext }
  | { readonly ok: false; readonly error: KrbError };

export interface MutualExchange {
  /** The AP-REQ in its frame. */
  readonly token: Buffer;
  /** Reads the server's token: its proof and the context, or its refusal. @throws ProtocolError */
  accept(token: Buffer): ExchangeAnswer;
}

/** One AP-REQ and what becomes of it (RFC 4120, 3.2; RFC 4121, 4.1). Good for one socket. */
export function startExchange(options: ExchangeOptions): MutualExchange {
  const { ticket, now, randomBytes, channelBindings } = options;
  const { client, sessionKey, clockOffset } = ticket;
  const milliseconds = Math.trunc(now() + clockOffset);
  const time = encodeKerberosTime(milliseconds);
  // Replay caches know a request by its time: below a millisecond, chance keeps two apart.
  const microseconds = (milliseconds % 1000) * 1000 + (randomBytes(2).readUInt16BE() % 1000);
  const subkey = { enctype: sessionKey.enctype, bytes: randomBytes(keySizeOf(sessionKey.enctype)) };
  // 30 bits, as MIT chooses it: some implementations read more as a negative number.
  const sequence = randomBytes(4).readUInt32BE() & 0x3fffffff;
  const apReq = encodeApReq({
    ticket: ticket.ticket,
    sessionKey,
    authenticator: { client, time, microseconds, subkey, sequence, channelBindings },
    confounder: randomBytes(16),
  });
  return {
    token: encodeKerberosToken(tokenIds.apReq, apReq),
    accept(token) {
      const { id, message } = decodeKerberosToken(token);
      if (id === tokenIds.krbError) return { ok: false, error: readKrbError(message) };
      if (id !== tokenIds.apRep) {
        throw new ProtocolError('protocol.malformed', 'reading a Kerberos token', 'neither AP-REP nor error');
      }
      const answer = readApRep(message, { sessionKey, time, microseconds });
      const context = new KerberosContext({
        key: answer.subkey ?? subkey,
        keyIsOfAcceptor: answer.subkey !== undefined,
        ownSequence: sequence,
        peerSequence: answer.sequence,
        randomBytes,
      });
      return { ok: true, context };
    },
  };
}
