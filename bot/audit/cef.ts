import type { AuditKind } from '../store/audit.ts';
import type { AuditEntry } from './audit-entry.ts';

/** How each kind reads in a SIEM, and how grave it is: 0 to 10, of which 0 to 3 is low and 7 and 8 high (CEF, "Severity"). */
const kinds: Readonly<Record<AuditKind, { readonly name: string; readonly severity: number }>> = {
  proposed: { name: 'Change proposed', severity: 3 },
  superseded: { name: 'Change superseded', severity: 1 },
  expired: { name: 'Change expired', severity: 1 },
  approved: { name: 'Change approved', severity: 4 },
  'broke-glass': { name: 'Change run by break-glass', severity: 8 },
  declined: { name: 'Change declined', severity: 2 },
  withdrawn: { name: 'Change withdrawn', severity: 2 },
  cancelled: { name: 'Change cancelled with its batch', severity: 3 },
  queued: { name: 'Change queued', severity: 2 },
  released: { name: 'Change released from the queue', severity: 3 },
  claimed: { name: 'Change started', severity: 4 },
  'taken-over-by-worker': { name: 'Change taken over by another process', severity: 5 },
  ended: { name: 'Change ended', severity: 4 },
  settled: { name: 'Unknown change settled', severity: 4 },
  'taken-over': { name: 'Unknown change taken over by a person', severity: 6 },
  unlocked: { name: 'Server unlocked', severity: 6 },
  frozen: { name: 'Changes frozen', severity: 5 },
  thawed: { name: 'Changes thawed', severity: 5 },
  'notify-on': { name: 'Announcements begun in a chat', severity: 4 },
  'notify-off': { name: 'Announcements ended in a chat', severity: 4 },
  refused: { name: 'Request refused', severity: 5 },
  'key-made': { name: 'Signing key made', severity: 6 },
  'key-rotated': { name: 'Signing key replaced', severity: 6 },
};

/**
 * An entry as one line of the Common Event Format, version 0, of ArcSight: seven header fields and an extension. `version`
 * is that of the program, `hash` that of the entry.
 */
export const cefLine = (entry: AuditEntry, hash: string, version: string): string => {
  const { name, severity } = isKind(entry.kind) ? kinds[entry.kind] : { name: entry.kind, severity: 5 };
  const header = ['WSUS Bot', 'WSUS Bot', version, entry.kind, name, String(severity)].map(cefHeader);
  const fields: readonly (readonly [string, string | null])[] = [
    ['rt', String(Date.parse(entry.at))],
    ['cn1', String(entry.seq)],
    ['cn1Label', 'seq'],
    ['cs1', hash],
    ['cs1Label', 'hash'],
    ['suser', entry.actor?.name ?? null],
    ['suid', entry.actor?.aadObjectId ?? null],
    ['dhost', entry.server],
    ['cs2', entry.changeId],
    ['cs2Label', entry.changeId === null ? null : 'changeId'],
    ['cs3', cut(JSON.stringify(entry.detail))],
    ['cs3Label', 'detail'],
  ];
  const extension = fields
    .filter((field): field is readonly [string, string] => field[1] !== null)
    .map(([key, value]) => `${key}=${cefValue(value)}`)
    .join(' ');
  return `CEF:0|${header.join('|')}|${extension}`;
};

/** A header field: `\` and `|` escaped, on one line. */
export const cefHeader = (text: string): string =>
  printable(text)
    .replace(/[\r\n]/g, ' ')
    .replace(/[\\|]/g, '\\$&');

/** A value of the extension: `\` and `=` escaped, line ends as `\n` and `\r`. */
export const cefValue = (text: string): string =>
  printable(text).replace(/[\\=]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r');

/** Custom strings hold 4000 characters. */
const longest = 4000;
const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** Other control characters and halves of surrogate pairs become U+FFFD: a line of a log has no use for them. */
const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its job
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}/gu, '\ufffd');

const isKind = (kind: string): kind is AuditKind => Object.hasOwn(kinds, kind);
