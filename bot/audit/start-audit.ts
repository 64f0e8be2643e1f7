import type { AuditConfig } from '../config-audit.ts';
import type { Database } from '../store/open-database.ts';
import { makeKey, readKey } from './audit-key.ts';
import { type ChainCheck, createChainCheck } from './chain-check.ts';
import { handOver } from './hand-over.ts';
import { createHeadSigner } from './head-signer.ts';
import { postToWebhook } from './post-to-webhook.ts';
import { finishRotation, nameKey } from './rotate-key.ts';
import { signHeads } from './sign-heads.ts';
import type { SignedHead } from './signed-head.ts';

export interface AuditOptions {
  readonly database: Database;
  readonly config: AuditConfig;
  readonly now: () => Date;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly fetch: typeof fetch;
  /** Milliseconds. Ends early, without an error, when the signal is given. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly onTrouble: (doing: string, error: unknown) => void;
  /** Pause between two looks for new entries, milliseconds. */
  readonly every?: number;
}

export interface RunningAudit {
  /** Whether the chain is intact, for cards. */
  readonly check: ChainCheck;
  /** Signs a last head and ends the work behind the scenes. What the webhook has not taken waits in the store. */
  close(): Promise<void>;
}

/**
 * Starts what goes on beside the changes: makes the key when there is none, signs heads, hands entries to the webhook.
 * Throws an AuditError when the key cannot be used.
 */
export const startAudit = async (options: AuditOptions): Promise<RunningAudit> => {
  const { database, config, now } = options;
  await finishRotation(database, config.keyFile, now());
  await nameKey(database, readKey(config.keyFile) ?? makeKey(config.keyFile), now());
  const check = createChainCheck({ database, headsFile: config.headsFile, now });
  const signer = createHeadSigner({ database, ...config, now, check });
  const stop = new AbortController();
  const heads = await signHeads({ ...options, ...config, signer }, stop.signal);
  const handing = startHandOver(options, heads.latest, stop.signal);
  return {
    check,
    close: async () => {
      stop.abort();
      await Promise.all([heads.ended, handing]);
    },
  };
};

const startHandOver = (
  options: AuditOptions,
  latestHead: () => SignedHead | undefined,
  signal: AbortSignal,
): Promise<void> => {
  const { webhook } = options.config;
  if (webhook?.secret === undefined) return Promise.resolve();
  const post = postToWebhook({ ...options, url: webhook.url, secret: webhook.secret });
  return handOver(
    { ...options, post, latestHead, onTrouble: (error) => options.onTrouble(error.doing, error) },
    signal,
  );
};
