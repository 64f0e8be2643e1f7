import { ProtocolError } from '../../protocol-error.ts';
import { applicationTag, DerReader } from '../der.ts';
import { decrypt, type KerberosKey, kerberosKey, keyUsages } from './kerberos-key.ts';

/** What the server chose for the context. */
export interface ApRep {
  /** Absent where the server keeps the client's. */
  readonly subkey: KerberosKey | undefined;
  /** 32 bits: the number of its first message. */
  readonly sequence: number;
}

const doing = 'reading an AP-REP';
const reader = new DerReader(doing);

/**
 * Reads an AP-REP (RFC 4120, 5.5.2) and checks that it answers this request: only who holds the service's key could read
 * the time in it. @throws ProtocolError
 */
export function readApRep(
  message: Buffer,
  request: { readonly sessionKey: KerberosKey; readonly time: string; readonly microseconds: number },
): ApRep {
  const { sessionKey, time, microseconds } = request;
  const fields = reader.fields(reader.only(message, applicationTag(15)));
  const version = reader.integer(reader.field(fields, 0));
  const type = reader.integer(reader.field(fields, 1));
  if (version !== 5 || type !== 15) throw new ProtocolError('protocol.malformed', doing, 'version or type');
  const sealed = reader.fields(reader.field(fields, 2));
  if (reader.integer(reader.field(sealed, 0)) !== sessionKey.enctype) {
    throw new ProtocolError('protocol.unsupported', doing, 'another encryption type than the session key');
  }
  const cipher = reader.octets(reader.field(sealed, 2));
  const plain = decrypt(sessionKey, keyUsages.apRepPart, cipher, doing);
  const part = reader.fields(reader.only(plain, applicationTag(27)));
  const sameTime = reader.time(reader.field(part, 0)) === time;
  if (!sameTime || reader.integer(reader.field(part, 1)) !== microseconds) {
    throw new ProtocolError('protocol.signature-wrong', doing, 'it answers another request');
  }
  const subkey = part.get(2);
  // Some implementations write the upper half of the 32 bits as negative numbers.
  const sequence = part.has(3) ? reader.integer(reader.field(part, 3)) >>> 0 : 0;
  return { subkey: subkey && readKey(subkey), sequence };
}

function readKey(bytes: Buffer): KerberosKey {
  const fields = reader.fields(bytes);
  const enctype = reader.integer(reader.field(fields, 0));
  return kerberosKey(enctype, reader.octets(reader.field(fields, 1)), doing);
}
