import type { Card } from './card.ts';
import type { Token } from './press.ts';
import type { View } from './view.ts';

/** Codes with a card of their own; the same words as `remoteErrors` after "remote.". Any other code takes `fault`. */
export type RemoteErrorKind =
  | 'name-not-found'
  | 'unreachable'
  | 'timed-out'
  | 'connection-lost'
  | 'sign-in-refused'
  | 'sealing-refused'
  | 'not-winrm'
  | 'access-denied'
  | 'endpoint-missing'
  | 'fault'
  | 'busy'
  | 'broken-answer'
  | 'function-failed';

/** 4.13: the server could not be read. Nothing was changed. */
export interface RemoteErrorCardData {
  readonly view: View;
  readonly kind: RemoteErrorKind;
  /** Short name from the inventory. */
  readonly server: string;
  readonly host: string;
  readonly port: number;
  readonly account: string;
  readonly endpoint: string;
  readonly at: Date;
  /** "fault 5", "HTTP 503", with or without the server's own words; outside text. */
  readonly answer?: string;
  readonly checkAgain: Token;
  /** Answer with the plain message `remoteErrorCommand(data)`. Left out of the card when there is no command. */
  readonly commandAsText: Token;
}

/** The command that a remote error card shows, when there is one. */
export function remoteErrorCommand(data: Pick<RemoteErrorCardData, 'kind' | 'host' | 'port'>): string | undefined {
  throw new Error(`not built: ${data}`);
}

export function remoteErrorCard(data: RemoteErrorCardData): Card {
  throw new Error(`not built: ${data}`);
}
