import { ProtocolError } from '../../protocol-error.ts';
import { type DerElement, DerReader, derTags } from '../der.ts';

/** OIDs in DER without tag and length, in hex. */
const hashes: Readonly<Record<string, string>> = {
  '2a864886f70d0205': 'md5',
  '2b0e03021a': 'sha1',
  '608648016503040201': 'sha256',
  '608648016503040202': 'sha384',
  '608648016503040203': 'sha512',
  '608648016503040204': 'sha224',
};

const signatures: Readonly<Record<string, string>> = {
  '2a864886f70d010104': 'md5',
  '2a864886f70d010105': 'sha1',
  '2a864886f70d01010e': 'sha224',
  '2a864886f70d01010b': 'sha256',
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2a8648ce3d0401': 'sha1',
  '2a8648ce3d040301': 'sha224',
  '2a8648ce3d040302': 'sha256',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
};

const rsassaPss = '2a864886f70d01010a';

const reader = new DerReader('reading a certificate');

/**
 * The hash that the signature of a certificate (RFC 5280 4.1.1.2) was made with, as Node.js names it; undefined for one that uses none of
 * its own, as Ed25519, and for bytes that are no certificate. Of RSASSA-PSS it is a parameter, SHA-1 unless named (RFC 4055 3.1).
 * @param der the whole certificate
 */
export function signatureHash(der: Uint8Array): string | undefined {
  try {
    return hashNamedIn(Buffer.from(der.buffer, der.byteOffset, der.byteLength));
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

function hashNamedIn(certificate: Buffer): string | undefined {
  const [, algorithm] = reader.elements(reader.only(certificate, derTags.sequence));
  const [oid, parameters] = elementsIn(algorithm);
  if (oid === undefined) return undefined;
  const name = oid.contents.toString('hex');
  if (name !== rsassaPss) return signatures[name];
  const hash = elementsIn(parameters).find(({ tag }) => tag === 0xa0);
  if (hash === undefined) return 'sha1';
  const [named] = elementsIn(hash);
  const [hashOid] = elementsIn(named);
  return hashOid && hashes[hashOid.contents.toString('hex')];
}

const elementsIn = (element: DerElement | undefined): DerElement[] =>
  element === undefined ? [] : reader.elements(element.contents);
