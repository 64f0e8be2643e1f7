import type { LimitKey } from '../../remote/contract.ts';
import type { Fault } from './faults/fault.ts';
import type { NeighbourCode } from './signatures/neighbouring-codes.ts';

/** A neighbouring code's id is the code itself, upper-case hex without 0x. */
export type SignatureId =
  | 'kb4096317'
  | 'other-cached-update-ids'
  | 'simple-auth-fault'
  | 'other-invalid-parameters'
  | 'server-fault'
  | 'self-healing-fault'
  | 'test-detectoid-flood'
  | 'recovered'
  | 'upstream-sync'
  | 'not-enough-evidence'
  | 'no-fault'
  | NeighbourCode;

/** What tells faults of one signature apart, where cause or remedy differ. */
export type Variant =
  /** simple-auth-fault: one client has lost its entry; the service does not start at all; WSUS holds as many computers as it may. */
  | 'one-client'
  | 'whole-server'
  | 'computer-table-full'
  /** other-invalid-parameters: a message of the two limits, but not from SyncUpdates of ClientWebService on a WSUS server. */
  | 'other-call'
  /** not-enough-evidence: why there is not enough. */
  | 'number-alone'
  | 'cut-short'
  | 'unknown-code'
  | 'undecoded'
  | 'http-error';

/** Words in place of a signature's own, where a variant differs. */
export interface VariantWords {
  readonly heading?: string;
  readonly cause?: string;
  readonly why?: string;
  readonly remedy?: readonly string[];
}

/** certain: the fault's detail was read. likely: a code that has one meaning. weak: a code that has several. */
export type Confidence = 'certain' | 'likely' | 'weak';

/** How steps belong together: one after the other, one of them by what is found, or each for itself. */
export type StepOrder = 'in order' | 'choice' | 'any order';

/** A rule that recognises a kind of fault, with the words for it. All texts are ours and safe to show. */
export interface Signature {
  readonly id: SignatureId;
  /** At most 60 characters. */
  readonly heading: string;
  /** One or two sentences: what happened. */
  readonly cause: string;
  /** What in the text says so, one sentence. */
  readonly why: string;
  /** What to do, in order, one sentence or two each. */
  readonly remedy: readonly string[];
  /** How the steps belong together; one after the other when absent. `choice`: one of them, by what is found. */
  readonly order?: StepOrder;
  readonly variants?: Readonly<Partial<Record<Variant, VariantWords>>>;
  /** Words for a finding that is as sure as that, where they differ. */
  readonly sureness?: Readonly<Partial<Record<Confidence, VariantWords>>>;
  readonly link: { readonly title: string; readonly url: string } | null;
  /** The edit of maxInstalledPrerequisites may follow, after a check of the server. */
  readonly mayPropose: boolean;
  /** The limit that this kind of fault is about. */
  readonly limitKey: LimitKey | null;
  /** Order among several findings: the lowest explains the others. */
  readonly rank: number;
  /** null: not this kind of fault. */
  readonly match: (fault: Fault) => Confidence | null;
  /** Which variant one fault is; left out where a signature has none. */
  readonly variantOf?: (fault: Fault) => Variant | null;
}
