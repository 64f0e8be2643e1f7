import { createHash } from 'node:crypto';
import { signatureHash } from './signature-hash.ts';

/**
 * What ties a sign-in to the TLS channel it is made in: MD5 of gss_channel_bindings_struct (RFC 4121 4.1.1.2, RFC 2744 3.11) around the
 * binding `tls-server-end-point` (RFC 5929 4), 16 bytes. NTLM (MsvAvChannelBindings, MS-NLMP 2.2.2.1) and Kerberos (checksum 0x8003) carry
 * the same. Undefined where RFC 5929 defines none.
 * @param certificate the server's, DER
 */
export function channelBindings(certificate: Uint8Array): Buffer | undefined {
  const signed = signatureHash(certificate);
  if (signed === undefined) return undefined;
  const hash = signed === 'md5' || signed === 'sha1' ? 'sha256' : signed;
  const data = Buffer.concat([
    Buffer.from('tls-server-end-point:', 'latin1'),
    createHash(hash).update(certificate).digest(),
  ]);
  // No addresses: five numbers of which only the last, the length of the data, is not 0.
  const head = Buffer.alloc(20);
  head.writeUInt32LE(data.length, 16);
  return createHash('md5').update(head).update(data).digest();
}
