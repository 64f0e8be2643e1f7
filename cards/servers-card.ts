import type { Card } from './card.ts';
import type { Token } from './press.ts';
import type { View } from './view.ts';

export type ServerState =
  | 'limit-too-low'
  | 'raised-not-active'
  | 'raised-still-failing'
  | 'healthy'
  | 'file-refused'
  | 'not-wsus'
  | 'unclear'
  | 'not-readable'
  | 'change-running'
  | 'not-read';

export interface ServerRow {
  readonly server: string;
  readonly state: ServerState;
  readonly limit?: number;
  readonly readAt?: Date;
  readonly check: Token;
}

/** 4.12 in simple form: what is known of each server; nothing is read for it. Rows in any order: the worst is shown first. */
export interface ServersCardData {
  readonly view: View;
  readonly rows: readonly ServerRow[];
}

export function serversCard(data: ServersCardData): Card {
  throw new Error(`not built: ${data}`);
}
