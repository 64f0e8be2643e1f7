import { basename } from 'node:path';
import type { Database } from '../store/open-database.ts';
import { AuditError } from './audit-error.ts';
import type { AuditFinding } from './audit-finding.ts';
import { readKey } from './audit-key.ts';
import { type ChainCheck, createChainCheck } from './chain-check.ts';
import { appendHead } from './heads-file.ts';
import { type SignedHead, signHead } from './signed-head.ts';

export interface HeadSignerOptions {
  readonly database: Database;
  readonly keyFile: string;
  readonly headsFile: string;
  readonly now: () => Date;
  readonly check?: ChainCheck;
}

type HeadAnswer =
  | { readonly kind: 'signed'; readonly head: SignedHead }
  | { readonly kind: 'nothing-new' }
  /** A head over a chain that was tampered with would vouch for what the tamperer wrote. */
  | { readonly kind: 'broken'; readonly findings: readonly AuditFinding[] };

export interface HeadSigner {
  /**
   * Signs the last entry, as long as the chain is intact, and adds the head to the file. Nothing new: there is no entry
   * behind number `signedTo`. Throws an AuditError.
   */
  sign(signedTo: number): Promise<HeadAnswer>;
}

export const createHeadSigner = (options: HeadSignerOptions): HeadSigner => {
  const check = options.check ?? createChainCheck(options);
  return {
    sign: async (signedTo) => {
      const state = await check.state();
      if (!state.intact) return { kind: 'broken', findings: state.findings };
      if (state.upTo.seq <= signedTo) return { kind: 'nothing-new' };
      // Read behind the entries: a key that an entry replaced is gone by the time that entry is seen.
      const key = readKey(options.keyFile);
      if (key === undefined)
        throw new AuditError('audit.key-missing', `reading ${basename(options.keyFile)}`);
      const head = signHead(state.upTo.seq, state.upTo.hash, options.now(), key.privateKey);
      appendHead(options.headsFile, head);
      return { kind: 'signed', head };
    },
  };
};
