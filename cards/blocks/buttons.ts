import { ellipsis } from '../cut-text.ts';
import { outside } from '../outside-text.ts';
import type { Token } from '../press.ts';
import { container, type Element, element } from './element.ts';

const titles = [
  'Check',
  'All servers',
  'Check again',
  'Check a server',
  'Approve and run',
  'Decline',
  'Withdraw',
  'Review',
  'Roll back',
  'Look again',
  'Restore',
  'Take over',
  'Show current state',
  'Show the new plan',
  'Plan again',
  'Plan the restart',
  'Command as text',
  'Commands as text',
  'Help',
] as const;
type Title = (typeof titles)[number] | { readonly check: string };

const toggleTitles = ['Details', 'All lines', 'All steps', 'Show lines'] as const;
type ToggleTitle = (typeof toggleTitles)[number];

export interface PressOptions {
  /** The button that does what the card is about. */
  readonly first?: true;
  /** Values of the card's inputs are not sent along. */
  readonly withoutInputs?: true;
}

/** Action.Execute with the token, and Action.Submit for clients that do not know it. Labels are plain text in every client. */
export function press(title: Title, token: Token, options: PressOptions = {}): Element {
  const label =
    typeof title === 'string' ? title : `Check ${ellipsis(outside(title.check).plainCharacters(), 26)}`;
  const shared = {
    title: label,
    data: { token },
    style: options.first ? 'positive' : undefined,
    associatedInputs: options.withoutInputs ? 'none' : undefined,
  };
  return element('Action.Execute', {
    ...shared,
    verb: 'press',
    fallback: element('Action.Submit', shared),
  });
}

export function openKb(): Element {
  return element('Action.OpenUrl', { title: 'Open KB', url: 'https://support.microsoft.com/help/4096317' });
}

/** The buttons of a card, in its body so that the details can stand below them. */
export function buttonRow(actions: readonly Element[]): readonly Element[] {
  return actions.length === 0 ? [] : [element('ActionSet', { spacing: 'Medium', actions })];
}

const foldId = 'fold';

/** The button that opens `fold`. */
export function toggle(title: ToggleTitle): Element {
  return element('Action.ToggleVisibility', { title, targetElements: [foldId] });
}

/** What a toggle opens, below the buttons: at most eight entries, since a large hidden part makes Teams cut the card. */
export function fold(entries: readonly Element[]): readonly Element[] {
  if (entries.length === 0) return [];
  return [
    container(entries.slice(0, 8), { id: foldId, isVisible: false, separator: true, spacing: 'Medium' }),
  ];
}
