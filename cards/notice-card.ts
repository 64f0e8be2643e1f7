import type { Card } from './card.ts';
import type { Notice } from './notice.ts';
import type { View } from './view.ts';

/** A refusal as a card: reason and next step. */
export function noticeCard(notice: Notice, view: View): Card {
  throw new Error(`not built: ${notice} ${view}`);
}

/** The same as one plain line, for a message in answer to a press. Names lose every character that Markdown or XML could read. */
export function noticeText(notice: Notice, view: View): string {
  throw new Error(`not built: ${notice} ${view}`);
}
