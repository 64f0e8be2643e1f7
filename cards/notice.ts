/** Why a message or a press did not bring what it asked for. */
export type Notice =
  | { readonly kind: 'already-running'; readonly server: string }
  | { readonly kind: 'may-not-approve'; readonly approvers: readonly string[] }
  | { readonly kind: 'may-not-decline'; readonly approvers: readonly string[] }
  | { readonly kind: 'may-not-check'; readonly approvers: readonly string[] }
  | { readonly kind: 'button-unknown' }
  | { readonly kind: 'choose-first' }
  /** The store does not do its work, so nothing is changed. */
  | {
      readonly kind: 'store-away';
      readonly why: 'away' | 'full' | 'read-only' | 'busy';
      /** What the person did, and can do again. */
      readonly again: 'press' | 'write';
    }
  /** A defect while a server was read. */
  | { readonly kind: 'reading-broke-off'; readonly server: string };
