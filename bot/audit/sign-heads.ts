import type { AuditKind } from '../store/audit.ts';
import { auditRowsOf } from '../store/audit-rows.ts';
import type { Database } from '../store/open-database.ts';
import { AuditError } from './audit-error.ts';
import { findingText } from './audit-finding.ts';
import type { HeadSigner } from './head-signer.ts';
import { readHeads } from './heads-file.ts';
import type { SignedHead } from './signed-head.ts';

export interface SignHeadsOptions {
  readonly database: Database;
  readonly signer: HeadSigner;
  readonly headsFile: string;
  /** Milliseconds. */
  readonly headEvery: number;
  readonly now: () => Date;
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly onTrouble: (doing: string, error: unknown) => void;
  /** Pause between two looks for new entries, milliseconds. */
  readonly every?: number;
}

/** A change has ended, one way or another: worth a head of its own. */
const endings: readonly AuditKind[] = ['ended', 'settled', 'taken-over'];
const doing = 'signing a head of the audit';

/**
 * Signs a head at once, then every `headEvery` and when a change has ended, if there are new entries; each time the chain is
 * checked first, new entries or not. When the signal is given it signs a last one, and `ended` is settled.
 */
export const signHeads = async (
  options: SignHeadsOptions,
  signal: AbortSignal,
): Promise<{ readonly latest: () => SignedHead | undefined; readonly ended: Promise<void> }> => {
  const { database, signer, headEvery, now, onTrouble } = options;
  let latest = (await readHeads(options.headsFile)).findLast((head) => head !== undefined);
  let tried: { readonly at: number; readonly wasSigned: boolean } | undefined;

  const sign = async (): Promise<void> => {
    const at = now().getTime();
    tried = { at, wasSigned: false };
    const answer = await signer.sign(latest?.seq ?? 0);
    if (answer.kind === 'broken') throw brokenBy(answer.findings.map(findingText));
    if (answer.kind === 'signed') latest = answer.head;
    tried = { at, wasSigned: true };
  };
  const isDue = async (): Promise<boolean> => {
    if (tried === undefined) return true;
    const rest = now().getTime() - tried.at;
    // A clock that went back says nothing of how long it was.
    if (rest >= headEvery || rest < 0) return true;
    // What could not be signed is not tried again at once.
    return tried.wasSigned && (await auditRowsOf(database, endings, latest?.seq ?? 0)).length > 0;
  };
  const work = async (): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      try {
        if (await isDue()) await sign();
        failures = 0;
      } catch (error) {
        failures++;
        onTrouble(doing, error);
      }
      // A store that is away for long is not worth a line of the log every two seconds.
      const every = options.every ?? 2_000;
      await options.pause(Math.min(Math.max(every, 60_000), every * 2 ** failures), signal);
    }
    await sign();
  };
  return { latest: () => latest, ended: work().catch((error: unknown) => onTrouble(doing, error)) };
};

const brokenBy = ([first]: readonly string[]): AuditError =>
  new AuditError(
    'audit.broken',
    doing,
    undefined,
    first === undefined ? undefined : `the audit is not as it was written: ${first}`,
  );
