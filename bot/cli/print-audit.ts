import { findingText, shortId } from '../audit/audit-finding.ts';
import type { AuditVerdict } from '../audit/verify-audit.ts';
import type { Printer } from './terminal.ts';

/** The document of `audit verify --json`. */
export const auditDocument = ({ keys, ...verdict }: AuditVerdict) => ({
  ...verdict,
  intact: verdict.findings.length === 0,
  lastHead: verdict.lastHead ?? null,
  findings: verdict.findings.map((finding) => ({ ...finding, text: findingText(finding) })),
  keys: keys.map(({ id, since, replacedAt }) => ({ id, since, replacedAt })),
});

/** What was found, what it was held against, and by which keys. */
export const printAudit = (print: Printer, verdict: AuditVerdict): void => {
  const { findings, more, first, last, entries, headsChecked, lastHead, keys } = verdict;
  for (const finding of findings) print.marked('bad', findingText(finding));
  if (more > 0) print.marked('bad', `${more} more findings of this kind`);
  if (findings.length === 0) {
    const what =
      entries === 0 ? 'there are no entries' : `entries ${first} to ${last.seq} are as they were written`;
    print.marked('good', `${what}; the last hash is ${last.hash || 'none'}`);
  }
  if (lastHead === undefined)
    print.marked(
      'warning',
      'no signed head was held against it: a chain that was written anew as a whole is not noticed',
    );
  else
    print.line(
      `  ${headsChecked} signed ${headsChecked === 1 ? 'head' : 'heads'}, the last for entry ${lastHead.seq} at ${lastHead.at}`,
    );
  for (const { id, since, replacedAt } of keys) {
    const from = since === null ? 'given' : `named by entry ${since}`;
    print.line(
      `  key ${shortId(id)}: ${from}${replacedAt === null ? '' : `, replaced by entry ${replacedAt}`}`,
    );
  }
};
