import { entryHash } from '../store/audit.ts';
import type { ChainEnd } from '../store/audit-rows.ts';
import { type AuditEntry, readEntry } from './audit-entry.ts';
import { type AuditFinding, entryOf } from './audit-finding.ts';
import { judgeHeads } from './judge-heads.ts';
import { type KnownKey, KnownKeys, type TrustedKey } from './known-keys.ts';
import type { SignedHead } from './signed-head.ts';

/** An entry to verify: its text and the hash that stands beside it. */
export interface ChainLine {
  readonly text: string;
  readonly hash: string;
  /** What else a row of the store says of it. */
  readonly row?: { readonly seq: number; readonly at: string; readonly kind: string };
}

export interface VerifyOptions {
  /** Where to begin: behind this entry. Its hash is empty when it is not known. The default: at the first entry. */
  readonly after?: ChainEnd;
  /** Asked after the last line: what the store counts as its last entry. */
  readonly end?: () => ChainEnd;
  /** The lines of a file of heads, in their order; undefined for a line that is none. */
  readonly heads?: readonly (SignedHead | undefined)[];
  /** Where belief in signatures begins. Without it, every key counts that an entry says was made. */
  readonly trusted?: TrustedKey;
}

export interface AuditVerdict {
  /** Empty: nothing was edited, removed, inserted or reordered, as far as the heads reach. */
  readonly findings: readonly AuditFinding[];
  /** Findings that were left out behind the first hundred. */
  readonly more: number;
  readonly entries: number;
  readonly first: number;
  readonly last: ChainEnd;
  /** How many heads were held against the entries. */
  readonly headsChecked: number;
  readonly lastHead: SignedHead | undefined;
  readonly keys: readonly KnownKey[];
}

const mostFindings = 100;

/**
 * Goes through the entries once, in their order, and says what was edited, removed, inserted or reordered, and where. Of a
 * chain that was written anew from some entry on, only heads from before can tell: they are compared by number.
 */
export const verifyAudit = async (
  lines: AsyncIterable<ChainLine> | Iterable<ChainLine>,
  options: VerifyOptions = {},
): Promise<AuditVerdict> => {
  const keys = new KnownKeys(options.trusted);
  const heads = options.heads ?? [];
  const chain = new ChainReader(
    options.after ?? { seq: 0, hash: '' },
    new Set(heads.flatMap((head) => (head === undefined ? [] : [head.seq]))),
    keys,
  );
  for await (const line of lines) chain.take(line);
  const end = options.end?.();
  const { last } = chain;
  const judged = judgeHeads(heads, keys, { first: chain.first, hashesAt: chain.hashesAt });
  const farthest = Math.max(end?.seq ?? 0, judged.farthest);
  const findings: AuditFinding[] = [
    ...chain.findings(),
    ...(farthest > last.seq ? [{ kind: 'cut-off', from: last.seq + 1, to: farthest } as const] : []),
    ...endFindings(last, chain.lastComputed, end),
    ...unknownTrust(keys, options.trusted),
    ...judged.findings,
  ];
  return {
    findings: findings.slice(0, mostFindings),
    more: Math.max(0, findings.length - mostFindings),
    entries: chain.entries,
    first: chain.first,
    last,
    headsChecked: judged.checked,
    lastHead: judged.last,
    keys: keys.all(),
  };
};

const endFindings = (last: ChainEnd, computed: string, end: ChainEnd | undefined): AuditFinding[] => {
  if (end === undefined) return [];
  if (last.seq > end.seq) return [{ kind: 'behind-the-end', seq: last.seq, end: end.seq }];
  const differs = last.seq === end.seq && last.hash !== end.hash && computed !== end.hash;
  return differs ? [{ kind: 'end-differs', seq: last.seq }] : [];
};

const unknownTrust = (keys: KnownKeys, trusted: TrustedKey | undefined): AuditFinding[] =>
  trusted !== undefined && 'keyId' in trusted && keys.all().length === 0
    ? [{ kind: 'key-not-in-chain', keyId: trusted.keyId }]
    : [];

/** Takes line by line and remembers of those before no more than the next one needs. */
class ChainReader {
  readonly first: number;
  /** By number, of the entries that heads speak of: the hash beside it and that of its text. */
  readonly hashesAt = new Map<number, readonly string[]>();
  entries = 0;
  last: ChainEnd;
  /** Of the text of the last entry. The same as the hash beside it, unless one of them was changed. */
  lastComputed = '';
  readonly #findings: AuditFinding[] = [];
  #gaps: { readonly from: number; readonly to: number }[] = [];
  readonly #keys: KnownKeys;
  readonly #headsAt: ReadonlySet<number>;
  /** Whether the last entry is one to hold the next one against. */
  #isLinked: boolean;

  constructor(after: ChainEnd, headsAt: ReadonlySet<number>, keys: KnownKeys) {
    this.first = after.seq + 1;
    this.last = after;
    this.#isLinked = after.seq === 0 || after.hash !== '';
    this.#headsAt = headsAt;
    this.#keys = keys;
  }

  take({ text, hash, row }: ChainLine): void {
    this.entries++;
    const entry = readEntry(text);
    const computed = entryHash(text);
    const expected = this.last.seq + 1;
    const isWhole = entry !== undefined && computed === hash;
    // The number in a text that was changed proves nothing; that of a row is its place in the store.
    const seq = row?.seq ?? (isWhole ? entry.seq : expected);
    if (!isWhole) this.#findings.push({ kind: computed === hash ? 'not-an-entry' : 'changed', seq });
    const fits = row === undefined || !isWhole || isOfRow(entry, row);
    if (!fits) this.#findings.push({ kind: 'columns-differ', seq });
    if (this.#isLate(seq)) return;
    if (seq > expected) this.#gaps.push({ from: expected, to: seq - 1 });
    else if (isWhole && fits) this.#checkLink(entry);
    this.last = { seq, hash };
    this.lastComputed = computed;
    this.#isLinked = isWhole && fits;
    if (this.#headsAt.has(seq)) this.hashesAt.set(seq, [hash, computed]);
    if (!isWhole || !fits) return;
    const wrong = this.#keys.take(entry);
    if (wrong !== undefined) this.#findings.push(wrong);
  }

  /** All findings, by the numbers they begin with. */
  findings(): AuditFinding[] {
    const missing = this.#gaps.map((gap) => ({ kind: 'missing', ...gap }) as const);
    return [...missing, ...this.#findings].sort((one, other) => entryOf(one) - entryOf(other));
  }

  /** An entry whose number is not behind the last one: misplaced when it was missed, else a second one of that number. */
  #isLate(seq: number): boolean {
    if (seq > this.last.seq) return false;
    const gap = this.#gaps.find(({ from, to }) => from <= seq && seq <= to);
    if (gap === undefined) {
      this.#findings.push({ kind: 'repeated', seq });
      return true;
    }
    this.#findings.push({ kind: 'out-of-order', seq, after: this.last.seq });
    this.#gaps = this.#gaps.flatMap((one) =>
      one === gap
        ? [
            { from: gap.from, to: seq - 1 },
            { from: seq + 1, to: gap.to },
          ].filter(({ from, to }) => from <= to)
        : [one],
    );
    return true;
  }

  #checkLink({ previous }: AuditEntry): void {
    if (this.#isLinked && previous !== this.last.hash)
      this.#findings.push({ kind: 'hashed-anew', seq: this.last.seq });
  }
}

const isOfRow = (entry: AuditEntry, row: NonNullable<ChainLine['row']>): boolean =>
  entry.seq === row.seq && entry.at === row.at && entry.kind === row.kind;
