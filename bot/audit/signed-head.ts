import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../changes/canonical-json.ts';

const headSchema = z.strictObject({
  seq: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
  keyId: z.string().regex(/^[0-9a-f]{64}$/),
  /** Ed25519 (RFC 8032) over the canonical JSON of the other members, base64. */
  signature: z.string().refine((text) => Buffer.from(text, 'base64').toString('base64') === text),
});

/** What a key's owner vouches for: that the audit had this many entries then, the last of them with this hash. */
export type SignedHead = z.infer<typeof headSchema>;

/** The head in a line of the file of heads; undefined for any other text. */
export const readHead = (line: string): SignedHead | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    const head = headSchema.safeParse(value);
    return head.success && canonicalJson(value) === line ? head.data : undefined;
  } catch {
    return undefined;
  }
};

export const headLine = (head: SignedHead): string => canonicalJson(head);

export const signHead = (seq: number, hash: string, at: Date, privateKey: KeyObject): SignedHead => {
  const head = { seq, hash, at: at.toISOString(), keyId: keyIdOf(createPublicKey(privateKey)) };
  return { ...head, signature: signatureOver(head, privateKey) };
};

export const isSignedBy = ({ signature, ...head }: SignedHead, publicKey: KeyObject): boolean =>
  isSignatureOver(head, signature, publicKey);

/** Ed25519 signature over the canonical JSON of a value, base64. */
export const signatureOver = (value: unknown, privateKey: KeyObject): string =>
  sign(null, Buffer.from(canonicalJson(value)), privateKey).toString('base64');

export const isSignatureOver = (value: unknown, signature: string, publicKey: KeyObject): boolean =>
  verify(null, Buffer.from(canonicalJson(value)), publicKey, Buffer.from(signature, 'base64'));

/** SHA-256 of the public key (SubjectPublicKeyInfo, DER), in lower-case hex. */
export const keyIdOf = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');

/** A public key as entries name it: SubjectPublicKeyInfo, DER, base64. */
export const publicKeyText = (publicKey: KeyObject): string =>
  publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** The Ed25519 key of such a text, or undefined. */
export const readPublicKey = (text: string): KeyObject | undefined => {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
};
