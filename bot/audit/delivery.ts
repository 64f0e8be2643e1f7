import type { AuditRow } from '../store/audit-rows.ts';
import { readEntry } from './audit-entry.ts';
import type { Delivery } from './post-to-webhook.ts';
import { headLine, type SignedHead } from './signed-head.ts';

const mostBytes = 64 * 1024;

/**
 * `{"type":"entry","seq":…,"hash":…,"entry":{…}}`. Instead of an entry that makes the body longer than 64 KB, or of a row
 * that holds none: `"left":"too-long"` or `"left":"not-an-entry"`, so that the rest can go on.
 */
export const entryDelivery = ({ seq, hash, entryJson }: AuditRow): Delivery => {
  const start = `{"type":"entry","seq":${seq},"hash":${JSON.stringify(hash)}`;
  const left = (why: string): Delivery => ({ type: 'entry', seq, body: `${start},"left":"${why}"}` });
  if (readEntry(entryJson) === undefined) return left('not-an-entry');
  const body = `${start},"entry":${entryJson}}`;
  return Buffer.byteLength(body) > mostBytes ? left('too-long') : { type: 'entry', seq, body };
};

/** `{"type":"head","seq":…,"head":{…}}`. */
export const headDelivery = (head: SignedHead): Delivery => ({
  type: 'head',
  seq: head.seq,
  body: `{"type":"head","seq":${head.seq},"head":${headLine(head)}}`,
});
