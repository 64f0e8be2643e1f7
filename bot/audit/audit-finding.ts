/** One thing that is wrong with the audit, and where. Numbers are those of entries. */
export type AuditFinding =
  | { readonly kind: 'changed'; readonly seq: number }
  | { readonly kind: 'not-an-entry'; readonly seq: number }
  | { readonly kind: 'hashed-anew'; readonly seq: number }
  | { readonly kind: 'end-differs'; readonly seq: number }
  | { readonly kind: 'not-the-one-read'; readonly seq: number }
  | { readonly kind: 'columns-differ'; readonly seq: number }
  | { readonly kind: 'missing'; readonly from: number; readonly to: number }
  | { readonly kind: 'cut-off'; readonly from: number; readonly to: number }
  | { readonly kind: 'behind-the-end'; readonly seq: number; readonly end: number }
  | { readonly kind: 'repeated'; readonly seq: number }
  | { readonly kind: 'out-of-order'; readonly seq: number; readonly after: number }
  | { readonly kind: 'rewritten'; readonly from: number; readonly to: number; readonly signedAt: string }
  | { readonly kind: 'head-not-readable'; readonly line: number }
  | { readonly kind: 'head-forged'; readonly seq: number; readonly keyId: string }
  | { readonly kind: 'head-of-unknown-key'; readonly seq: number; readonly keyId: string }
  | {
      readonly kind: 'head-of-replaced-key';
      readonly seq: number;
      readonly keyId: string;
      readonly replacedAt: number;
    }
  | { readonly kind: 'rotation-forged'; readonly seq: number; readonly keyId: string }
  | { readonly kind: 'key-not-in-chain'; readonly keyId: string };

/** The finding as a sentence. */
export const findingText = (finding: AuditFinding): string => {
  switch (finding.kind) {
    case 'changed':
      return `entry ${finding.seq} was changed: its hash is not that of its text`;
    case 'not-an-entry':
      return `what stands in the place of entry ${finding.seq} is no entry`;
    case 'end-differs':
      return `entry ${finding.seq}, the last, was changed and hashed anew: the store remembers another hash for it`;
    case 'not-the-one-read':
      return `entry ${finding.seq} is not the one that was read there before`;
    case 'hashed-anew':
      return `entry ${finding.seq} was changed and hashed anew: entry ${finding.seq + 1} names another hash for it`;
    case 'columns-differ':
      return `entry ${finding.seq} was changed: number, time, kind and text of its row are not of the same entry`;
    case 'missing':
      return `${span(finding)} missing`;
    case 'cut-off':
      return `the end was cut off: ${span(finding)} missing`;
    case 'behind-the-end':
      return `entry ${finding.seq} was added by hand: the store counts ${finding.end} entries`;
    case 'repeated':
      return `two entries have the number ${finding.seq}`;
    case 'out-of-order':
      return `entry ${finding.seq} stands behind entry ${finding.after}`;
    case 'rewritten':
      return `${finding.from === finding.to ? `entry ${finding.from} was` : `one or more of entries ${finding.from} to ${finding.to} were`} written anew: the head signed at ${finding.signedAt} has another hash for entry ${finding.to}`;
    case 'head-not-readable':
      return `line ${finding.line} of the signed heads is no head`;
    case 'head-forged':
      return `the head for entry ${finding.seq} is not signed by key ${shortId(finding.keyId)}, which it names`;
    case 'head-of-unknown-key':
      return `the head for entry ${finding.seq} is signed by key ${shortId(finding.keyId)}, which is not one to trust`;
    case 'head-of-replaced-key':
      return `the head for entry ${finding.seq} is signed by key ${shortId(finding.keyId)}, which entry ${finding.replacedAt} replaced`;
    case 'rotation-forged':
      return `entry ${finding.seq} replaces key ${shortId(finding.keyId)} and is not signed by it`;
    case 'key-not-in-chain':
      return `no entry names the key ${shortId(finding.keyId)}`;
  }
};

/** The first entry that a finding is about; 0 when it is about none in particular. */
export const entryOf = (finding: AuditFinding): number =>
  'seq' in finding ? finding.seq : 'from' in finding ? finding.from : 0;

/** As much of a key's id as is shown: 16 hex digits. */
export const shortId = (keyId: string): string => keyId.slice(0, 16);

const span = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  from === to ? `entry ${from} is` : `entries ${from} to ${to} are`;
