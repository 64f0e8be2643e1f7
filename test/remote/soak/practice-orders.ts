import type { Misbehaviour } from '../../../remote/practice/misbehaviour.ts';
import type { PracticeState } from '../../../remote/practice/practice-servers.ts';
import type { WinrmTarget } from '../../../remote/wsus-server.ts';

/** What happens to a server of itself. */
export const serverEvents = [
  'WinRM restarts',
  'shells end',
  'connections drop',
  'processes of the shells die',
] as const;
export type ServerEvent = (typeof serverEvents)[number];

export interface ShellCount {
  readonly open: number;
  /** At once, since the server was made. */
  readonly most: number;
}

export type OrderKind =
  | { readonly kind: 'misbehave'; readonly rules: readonly Misbehaviour[] }
  | { readonly kind: 'event'; readonly event: ServerEvent }
  /** By the clock of all servers. */
  | { readonly kind: 'a minute passes' }
  | { readonly kind: 'count' };

/** What the process of the servers is told. */
export type Order = OrderKind & { readonly id: number; readonly name: string };
export interface OrderAnswer {
  readonly id: number;
  readonly shells: ShellCount;
}

export interface SoakServer {
  readonly name: string;
  readonly state: PracticeState;
  /** Shells that one user may have. */
  readonly quota: number;
  readonly webConfig: string;
  readonly log: string;
  readonly target: WinrmTarget;
}

export interface PracticeReady {
  readonly servers: readonly SoakServer[];
}
