import type { FaultDetails, ShellResponse } from '../../winrm/server-envelope.ts';
import { faults } from './fault-details.ts';
import type { PracticeAccount } from './ntlm-acceptor.ts';

export interface Caller {
  readonly account: PracticeAccount;
  /** Aborted when the caller's socket closed. */
  readonly gone: AbortSignal;
}

export type Reply =
  | { readonly kind: 'response'; readonly response: ShellResponse }
  | { readonly kind: 'fault'; readonly fault: FaultDetails };

export function fault(name: keyof typeof faults): Reply {
  return { kind: 'fault', fault: faults[name] };
}

export function respond(response: ShellResponse): Reply {
  return { kind: 'response', response };
}

export function ownerOf({ account }: Caller): string {
  return `${account.domain}\\${account.user}`.toLowerCase();
}
