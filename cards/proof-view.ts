/** What was seen after a change. A proof that was not possible is given with its reason. */
export type ProofView =
  | { readonly kind: 'value-read-back'; readonly key: string; readonly before: number; readonly now: number }
  /** After a roll-back: the file is the backup, byte for byte. */
  | { readonly kind: 'file-as-before'; readonly sha256: string }
  | {
      readonly kind: 'restart-seen';
      readonly endedPid?: number;
      readonly startedPid: number;
      readonly startedAt: Date;
    }
  | {
      readonly kind: 'service-answers';
      readonly status: number;
      readonly milliseconds: number;
      readonly pool?: string;
      /** "Started", or another state in the server's words; left out: as if started. */
      readonly poolState?: string;
      /** Sites of the host. */
      readonly sites?: { readonly started: number; readonly all: number };
    }
  | {
      readonly kind: 'not-possible';
      readonly proof: 'value-read-back' | 'file-as-before' | 'restart-seen' | 'service-answers';
      /** May hold text from outside. */
      readonly reason: string;
    };
