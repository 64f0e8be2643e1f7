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

/**
 * The hash that the signature of a certificate (RFC 5280 4.1.1.2) was made with, as Node.js names it; undefined for one that uses none of
 * its own, as Ed25519. Of RSASSA-PSS it is a parameter, SHA-1 unless named (RFC 4055 3.1). @param der the whole certificate
 */
export function signatureHash(der: Uint8Array): string | undefined {
  const [, algorithm] = childrenOf(der, elementAt(der, 0));
  const [oid, parameters] = algorithm === undefined ? [] : childrenOf(der, algorithm);
  if (oid === undefined) return undefined;
  const name = hexOf(der, oid);
  if (name !== rsassaPss) return signatures[name];
  const hash = parameters && childrenOf(der, parameters).find(({ tag }) => tag === 0xa0);
  if (hash === undefined) return 'sha1';
  const [named] = childrenOf(der, hash);
  const [hashOid] = named === undefined ? [] : childrenOf(der, named);
  return hashOid && hashes[hexOf(der, hashOid)];
}

/** One DER element: where its contents lie. */
interface Element {
  readonly tag: number;
  readonly from: number;
  readonly to: number;
}

/** Undefined where the bytes end before it does: such a certificate names no hash. */
function elementAt(der: Uint8Array, at: number): Element | undefined {
  const [tag, first] = der.subarray(at, at + 2);
  if (tag === undefined || first === undefined) return undefined;
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 4) return undefined;
  const from = at + 2 + more;
  const length = more === 0 ? first : der.subarray(at + 2, from).reduce((sum, byte) => sum * 256 + byte, 0);
  return from + length > der.length ? undefined : { tag, from, to: from + length };
}

function childrenOf(der: Uint8Array, parent: Element | undefined): Element[] {
  const children: Element[] = [];
  for (let at = parent?.from ?? 0; parent !== undefined && at < parent.to; ) {
    const child = elementAt(der, at);
    if (child === undefined) return children;
    children.push(child);
    at = child.to;
  }
  return children;
}

const hexOf = (der: Uint8Array, { from, to }: Element): string =>
  Buffer.from(der.subarray(from, to)).toString('hex');
