import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { CodedError } from '../../../remote/coded-error.ts';
import { findingText } from '../../audit/audit-finding.ts';
import { readKey } from '../../audit/audit-key.ts';
import { createChainCheck } from '../../audit/chain-check.ts';
import { webhookCursor } from '../../audit/hand-over.ts';
import type { Config } from '../../config.ts';
import { readCursor } from '../../store/audit-cursor.ts';
import { auditPage, chainEnd } from '../../store/audit-rows.ts';
import type { Database } from '../../store/open-database.ts';
import { withStore } from '../open-store.ts';

/** How long an entry may wait for the webhook before it is worth a word, milliseconds. */
const longestWait = 5 * 60_000;

/** What is wrong with the audit and with what is done with it, a line each. Empty before the bot ran for the first time. */
export const auditWarnings = async (config: Config, now: Date): Promise<string[]> => {
  if (config.store.kind === 'sqlite' && !existsSync(config.store.file)) return [];
  return [
    ...(await keyWarnings(config)),
    ...(await withStore(config, async (database) => [
      ...(await chainWarnings(database, config)),
      ...(await webhookWarnings(database, config, now)),
    ]).catch(told)),
  ];
};

const keyWarnings = async ({ audit }: Config): Promise<string[]> => {
  try {
    const isThere = readKey(audit.keyFile) !== undefined;
    return isThere ? [] : [`no key signs the audit: ${basename(audit.keyFile)} is missing`];
  } catch (error) {
    return told(error);
  }
};

const chainWarnings = async (database: Database, { audit }: Config): Promise<string[]> => {
  const check = createChainCheck({ database, headsFile: audit.headsFile, now: () => new Date(0) });
  const state = await check.state();
  if (state.intact) return [];
  const [first] = state.findings;
  const more = state.findings.length > 1 ? `, and ${state.findings.length - 1} more` : '';
  return first === undefined ? [] : [`the audit: ${findingText(first)}${more} (wsus-bot audit verify)`];
};

const webhookWarnings = async (database: Database, { audit }: Config, now: Date): Promise<string[]> => {
  if (audit.webhook === undefined) return [];
  const [end, cursor] = await Promise.all([chainEnd(database), readCursor(database, webhookCursor)]);
  const [oldest] = await auditPage(database, cursor.seq, 1);
  if (oldest === undefined || now.getTime() - Date.parse(oldest.at) < longestWait) return [];
  const waiting = end.seq - cursor.seq;
  return [
    `the webhook has not taken ${waiting === 1 ? 'an entry' : `${waiting} entries`} of the audit, the oldest of ${oldest.at}`,
  ];
};

const told = (error: unknown): string[] => {
  if (error instanceof CodedError) return [`the audit: ${error.message}. ${error.remedy}`];
  throw error;
};
