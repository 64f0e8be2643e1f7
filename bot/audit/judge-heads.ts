import type { AuditFinding } from './audit-finding.ts';
import type { KnownKeys } from './known-keys.ts';
import { isSignedBy, type SignedHead } from './signed-head.ts';

interface ReadChain {
  readonly first: number;
  /** By number, of entries that heads speak of: the hashes that can be meant. */
  readonly hashesAt: ReadonlyMap<number, readonly string[]>;
}

/** Holds heads against the entries that were read. Only a head that a known key signed says anything of the chain. */
export const judgeHeads = (
  heads: readonly (SignedHead | undefined)[],
  keys: KnownKeys,
  chain: ReadChain,
): {
  readonly findings: AuditFinding[];
  readonly checked: number;
  readonly last: SignedHead | undefined;
  /** Highest number that a head vouches for; 0 without any. */
  readonly farthest: number;
} => {
  const findings: AuditFinding[] = [];
  const believed: SignedHead[] = [];
  for (const [index, head] of heads.entries()) {
    const wrong =
      head === undefined ? ({ kind: 'head-not-readable', line: index + 1 } as const) : wrongWith(head, keys);
    if (wrong !== undefined) findings.push(wrong);
    else if (head !== undefined) believed.push(head);
  }
  believed.sort((one, other) => one.seq - other.seq);
  let agreed = chain.first - 1;
  for (const { seq, hash, at } of believed) {
    const hashes = chain.hashesAt.get(seq);
    if (hashes === undefined) continue;
    if (!hashes.includes(hash)) {
      findings.push({ kind: 'rewritten', from: agreed + 1, to: seq, signedAt: at });
      break;
    }
    agreed = seq;
  }
  const last = believed.at(-1);
  return {
    findings,
    checked: believed.filter(({ seq }) => chain.hashesAt.has(seq)).length,
    last,
    farthest: last?.seq ?? 0,
  };
};

const wrongWith = (head: SignedHead, keys: KnownKeys): AuditFinding | undefined => {
  const { seq, keyId } = head;
  const known = keys.find(keyId);
  if (known === undefined) return { kind: 'head-of-unknown-key', seq, keyId };
  if (!isSignedBy(head, known.key)) return { kind: 'head-forged', seq, keyId };
  if (known.replacedAt !== null && seq >= known.replacedAt)
    return { kind: 'head-of-replaced-key', seq, keyId, replacedAt: known.replacedAt };
  return undefined;
};
