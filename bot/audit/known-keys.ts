import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { AuditEntry } from './audit-entry.ts';
import type { AuditFinding } from './audit-finding.ts';
import { isSignatureOver, keyIdOf, publicKeyText, readPublicKey, signatureOver } from './signed-head.ts';

/** A key that is believed, and where it came from. */
export interface KnownKey {
  readonly id: string;
  readonly key: KeyObject;
  /** The entry that named it; null: it was given. */
  readonly since: number | null;
  /** The entry that replaced it: heads of later entries are not signed by it any more. */
  replacedAt: number | null;
}

/** Where belief begins: a key, or the id of one that the chain names. */
export type TrustedKey = { readonly publicKey: KeyObject } | { readonly keyId: string };

const made = z.object({ publicKey: z.string() });
const rotated = z.object({ oldPublicKey: z.string(), newPublicKey: z.string(), signature: z.string() });

/** What the old key signs when another one follows it. */
const rotationText = (oldPublicKey: string, newPublicKey: string) => ({
  replaces: oldPublicKey,
  publicKey: newPublicKey,
});

/** The detail of a `key-made` entry. */
export const keyMadeDetail = (publicKey: KeyObject): Record<string, unknown> => ({
  keyId: keyIdOf(publicKey),
  publicKey: publicKeyText(publicKey),
});

/** The detail of a `key-rotated` entry, signed by the old key. */
export const keyRotatedDetail = (
  old: { readonly privateKey: KeyObject; readonly publicKey: KeyObject },
  publicKey: KeyObject,
): Record<string, unknown> => {
  const [oldPublicKey, newPublicKey] = [publicKeyText(old.publicKey), publicKeyText(publicKey)];
  return {
    oldKeyId: keyIdOf(old.publicKey),
    oldPublicKey,
    keyId: keyIdOf(publicKey),
    newPublicKey,
    signature: signatureOver(rotationText(oldPublicKey, newPublicKey), old.privateKey),
  };
};

/**
 * Collects the keys to believe while the entries go by. With a trusted key: it, and those that follow it by signed
 * rotations. Without one: every key that an entry says was made, since the chain is all there is to go by.
 */
export class KnownKeys {
  readonly #keys = new Map<string, KnownKey>();
  readonly #trusted: TrustedKey | undefined;

  constructor(trusted?: TrustedKey) {
    this.#trusted = trusted;
    if (trusted !== undefined && 'publicKey' in trusted) this.#add(trusted.publicKey, null);
  }

  /** Takes an entry whose hash is right. Answers what is wrong with it as far as keys go. */
  take(entry: AuditEntry): AuditFinding | undefined {
    if (entry.kind === 'key-made') this.#takeMade(entry);
    return entry.kind === 'key-rotated' ? this.#takeRotated(entry) : undefined;
  }

  find(id: string): KnownKey | undefined {
    return this.#keys.get(id);
  }

  /** In the order in which they came. */
  all(): KnownKey[] {
    return [...this.#keys.values()];
  }

  #takeMade({ seq, detail }: AuditEntry): void {
    const key = readPublicKey(made.safeParse(detail).data?.publicKey ?? '');
    if (key === undefined) return;
    const trusted = this.#trusted;
    if (trusted === undefined || ('keyId' in trusted && keyIdOf(key).startsWith(trusted.keyId)))
      this.#add(key, seq);
  }

  #takeRotated({ seq, detail }: AuditEntry): AuditFinding | undefined {
    const { data } = rotated.safeParse(detail);
    const oldKey = readPublicKey(data?.oldPublicKey ?? '');
    const newKey = readPublicKey(data?.newPublicKey ?? '');
    if (data === undefined || oldKey === undefined || newKey === undefined)
      return { kind: 'rotation-forged', seq, keyId: '' };
    const id = keyIdOf(oldKey);
    const old = this.#keys.get(id);
    // A key that nobody believes may name whom it likes.
    if (old === undefined) return undefined;
    const isSigned = isSignatureOver(
      rotationText(data.oldPublicKey, data.newPublicKey),
      data.signature,
      oldKey,
    );
    if (!isSigned) return { kind: 'rotation-forged', seq, keyId: id };
    old.replacedAt ??= seq;
    this.#add(newKey, seq);
    return undefined;
  }

  #add(key: KeyObject, since: number | null): void {
    const id = keyIdOf(key);
    if (!this.#keys.has(id)) this.#keys.set(id, { id, key, since, replacedAt: null });
  }
}
