/** Why a press did nothing. */
export type Notice =
  | { readonly kind: 'already-approved'; readonly by: string; readonly at: Date }
  | { readonly kind: 'already-declined'; readonly by: string; readonly at: Date }
  | { readonly kind: 'already-running'; readonly server: string }
  | { readonly kind: 'may-not-approve'; readonly approvers: readonly string[] }
  | { readonly kind: 'may-not-decline'; readonly approvers: readonly string[] }
  | { readonly kind: 'may-not-check'; readonly approvers: readonly string[] }
  | { readonly kind: 'own-request'; readonly approvers: readonly string[] }
  | { readonly kind: 'expired'; readonly at: Date }
  | { readonly kind: 'superseded' }
  | { readonly kind: 'button-unknown' }
  | { readonly kind: 'choose-first' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'store-unreachable' }
  | { readonly kind: 'taken-over'; readonly by: string; readonly at: Date };
