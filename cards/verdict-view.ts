import type { InterruptionView } from './interruption-view.ts';
import type { Token } from './press.ts';
import type { RootCauseView } from './root-cause-view.ts';
import type { View } from './view.ts';
import type { WayView } from './way-view.ts';

/** What the card of every verdict on a server shows. */
export interface VerdictCardData {
  readonly view: View;
  /** Short name from the inventory. */
  readonly server: string;
  readonly readAt: Date;
  readonly way: WayView;
  /** The last change on the server was killed before its end. */
  readonly interruption?: InterruptionView;
  /** Where the verdict is about the length of the clients' lists. */
  readonly rootCause?: RootCauseView;
  readonly checkAgain: Token;
  /** Answer with the commands that mend what an interrupted change left different. */
  readonly commandAsText?: Token;
}
