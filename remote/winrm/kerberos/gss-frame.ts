import { ProtocolError } from '../../protocol-error.ts';
import { applicationTag, DerReader, derTags, encodeDer } from '../der.ts';

/** What a Kerberos token carries (RFC 4121, 4.1). */
export const tokenIds = { apReq: 0x0100, apRep: 0x0200, krbError: 0x0300 } as const;

/** OIDs without tag and length. */
export const mechanisms = {
  /** 1.2.840.113554.1.2.2 */
  kerberos: Buffer.from('2a864886f712010202', 'hex'),
  /** 1.2.840.48018.1.2.2: the same under the name that Windows gave it by mistake. */
  microsoftKerberos: Buffer.from('2a864882f712010202', 'hex'),
  /** 1.3.6.1.5.5.2 */
  spnego: Buffer.from('2b0601050502', 'hex'),
} as const;

const initialTokenTag = applicationTag(0);

export const encodeMechanism = (mechanism: Buffer): Buffer => encodeDer(derTags.objectIdentifier, mechanism);

/** The frame around a first token (RFC 2743, 3.1). */
export function encodeInitialToken(mechanism: Buffer, ...contents: readonly Buffer[]): Buffer {
  return encodeDer(initialTokenTag, encodeMechanism(mechanism), ...contents);
}

/** A Kerberos message in its frame. */
export function encodeKerberosToken(id: number, message: Buffer): Buffer {
  const tokenId = Buffer.alloc(2);
  tokenId.writeUInt16BE(id);
  return encodeInitialToken(mechanisms.kerberos, tokenId, message);
}

/** Takes the frame off. @throws ProtocolError */
export function decodeKerberosToken(token: Buffer): { readonly id: number; readonly message: Buffer } {
  const doing = 'reading a Kerberos token';
  const contents = new DerReader(doing).only(token, initialTokenTag);
  const mechanism = encodeMechanism(mechanisms.kerberos);
  const idAt = mechanism.length;
  if (!contents.subarray(0, idAt).equals(mechanism) || contents.length < idAt + 2) {
    throw new ProtocolError('protocol.malformed', doing, 'it is not of Kerberos');
  }
  return { id: contents.readUInt16BE(idAt), message: contents.subarray(idAt + 2) };
}
