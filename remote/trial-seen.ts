import type { Report } from './contract.ts';
import type { PipelineEnd } from './psrp/runspace-pool.ts';
import type { RemoteError } from './remote-error.ts';

/** What a trial saw, or the error that kept it from seeing it. */
export type Seen<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly error: RemoteError };

/** Something that an endpoint has to refuse. */
interface RefusalSeen {
  readonly isRefused: boolean;
  /** FullyQualifiedErrorId of the answer; empty when there was none. */
  readonly errorId: string;
}

/** Everything that only a real server can show and that can be seen without changing it. */
export interface TrialSeen {
  /** The shell was made and the pool opened: in how many Receives, and which protocol version the server speaks. */
  readonly opening: Seen<{
    readonly milliseconds: number;
    readonly receives: number;
    readonly protocolVersion: string;
  }>;
  /** Agentless only: the module's script was taken and loaded. */
  readonly loading: Seen<{ readonly milliseconds: number }> | null;
  /** A Receive on a pool that has nothing to say. */
  readonly silence: Seen<{ readonly milliseconds: number; readonly isEmpty: boolean }>;
  readonly report: Seen<{
    readonly report: Report;
    /** Of the JSON text. */
    readonly characters: number;
    readonly milliseconds: number;
    readonly requests: number;
    /** How far the server's clock is from this machine's, milliseconds; 0 when they cannot be told apart. */
    readonly clockDifference: number;
  }>;
  readonly brief: Seen<{ readonly milliseconds: number }>;
  /** Not of the agentless way, whose sessions run scripts and every command. */
  readonly script: Seen<RefusalSeen> | null;
  readonly unlisted: Seen<RefusalSeen> | null;
  /** A report that was stopped at once, and whether the session answers after it. */
  readonly stop: Seen<{ readonly how: PipelineEnd['how']; readonly answersAfter: boolean }>;
  /** The shell was deleted. */
  readonly deletion: Seen<{ readonly milliseconds: number }>;
}
