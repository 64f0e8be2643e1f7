import { type Change, consentOf, type Decision } from '../changes/change.ts';
import { entryHash } from '../store/audit.ts';
import { auditRowsOf } from '../store/audit-rows.ts';
import type { Database } from '../store/open-database.ts';
import { type AuditEntry, readEntry } from './audit-entry.ts';

/**
 * The votes for a change that no entry of the audit tells of: the same person, kind, time and plan. The bot writes both in
 * one transaction, so such a vote was put into the store by somebody else.
 */
export const votesWithoutEntry = async (database: Database, change: Change): Promise<Decision[]> => {
  const rows = await auditRowsOf(database, ['approved', 'broke-glass']);
  const entries = rows.flatMap(({ entryJson, hash }) =>
    entryJson.includes(change.id) && entryHash(entryJson) === hash ? (readEntry(entryJson) ?? []) : [],
  );
  return consentOf(change).filter((vote) => !entries.some((entry) => tellsOf(entry, change, vote)));
};

const tellsOf = (entry: AuditEntry, change: Change, { decision, person, planHash, at }: Decision): boolean =>
  entry.kind === decision &&
  entry.changeId === change.id &&
  entry.server === change.server &&
  entry.actor?.aadObjectId === person.aadObjectId &&
  entry.at === at.toISOString() &&
  entry.detail.planHash === planHash;
