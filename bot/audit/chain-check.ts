import { type AuditRow, auditRow, type ChainEnd, storedChain } from '../store/audit-rows.ts';
import type { Database } from '../store/open-database.ts';
import type { AuditFinding } from './audit-finding.ts';
import { storedLine } from './exported-lines.ts';
import { readHeads } from './heads-file.ts';
import { type ChainLine, verifyAudit } from './verify-audit.ts';

type ChainState =
  | { readonly intact: true; readonly upTo: ChainEnd }
  | { readonly intact: false; readonly findings: readonly AuditFinding[] };

/** Says whether the audit in the store is intact, at the cost of the entries that are new since it was asked last. */
export interface ChainCheck {
  state(): Promise<ChainState>;
}

export interface ChainCheckOptions {
  readonly database: Database;
  readonly headsFile: string;
  readonly now: () => Date;
  /** How long entries that were read once need not be read again, milliseconds. The default is 10 minutes. */
  readonly fullEvery?: number;
}

/**
 * The first time, and again when the last whole reading is old, all entries are read and held against the signed heads. In
 * between only the new ones are, and whether they follow what was read.
 */
export const createChainCheck = (options: ChainCheckOptions): ChainCheck => {
  const { database, headsFile, now, fullEvery = 10 * 60_000 } = options;
  let known: { readonly upTo: ChainEnd; readonly readAt: number } | undefined;

  const whole = async (): Promise<ChainState> => {
    const readAt = now().getTime();
    const heads = await readHeads(headsFile);
    const { rows, end } = storedChain(database);
    const verdict = await verifyAudit(linesOf(rows), { heads, end });
    const findings = [...verdict.findings, ...(await wrongSince(known?.upTo, verdict.last))];
    // What was known before stays known: a chain that was cut is not intact again for having been read as a whole.
    if (findings.length > 0) return { intact: false, findings };
    known = { upTo: verdict.last, readAt };
    return { intact: true, upTo: verdict.last };
  };

  const wrongSince = async (before: ChainEnd | undefined, last: ChainEnd): Promise<AuditFinding[]> => {
    if (before === undefined || before.seq === 0) return [];
    if (before.seq > last.seq) return [{ kind: 'cut-off', from: last.seq + 1, to: before.seq }];
    const row = await auditRow(database, before.seq);
    return row?.hash === before.hash ? [] : [{ kind: 'not-the-one-read', seq: before.seq }];
  };

  const onwards = async (after: ChainEnd, readAt: number): Promise<ChainState> => {
    const { rows, end } = storedChain(database, after.seq);
    const { findings, last } = await verifyAudit(linesOf(rows), { after, end });
    // Then all are read, to say what is wrong.
    if (findings.length > 0 || (await wrongSince(after, last)).length > 0) return whole();
    known = { upTo: last, readAt };
    return { intact: true, upTo: last };
  };

  const state = (): Promise<ChainState> => {
    const age = known === undefined ? Number.POSITIVE_INFINITY : now().getTime() - known.readAt;
    // A clock that went back makes an age that says nothing.
    return known === undefined || age >= fullEvery || age < 0 ? whole() : onwards(known.upTo, known.readAt);
  };

  let asked: Promise<ChainState> | undefined;
  return {
    // Who asks while it is being read waits for a reading of their own: the one under way may have passed their entry.
    state: () => {
      const mine = (asked ?? Promise.resolve()).then(state, state);
      asked = mine;
      return mine;
    },
  };
};

async function* linesOf(rows: AsyncIterable<AuditRow>): AsyncGenerator<ChainLine> {
  for await (const row of rows) yield storedLine(row);
}
