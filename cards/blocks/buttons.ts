import { counted } from '../count-text.ts';
import { shortName } from '../cut-text.ts';
import { outside } from '../outside-text.ts';
import { type OwnText, own, said, sentence, verbatim, type Words } from '../own-text.ts';
import type { Token } from '../press.ts';
import { container, type Element, element } from './element.ts';

export const buttonTitles = [
  'Check',
  'All servers',
  'Check again',
  'Check limit alone',
  'Check a server',
  'Approve',
  'Approve and run',
  'Decline',
  'Withdraw',
  'Review',
  'Tell them again',
  'Run now, alone',
  'Older',
  'Newer',
  'Show locks',
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
  'Stop reading',
  'Help',
] as const;
type Title =
  | (typeof buttonTitles)[number]
  | { readonly check: string }
  /** Number of the change whose card it shows. */
  | { readonly show: number }
  /** How many servers are tried again. */
  | { readonly retry: number };

/** What each toggle opens; a card has one of the first, and the way past the approvals besides. */
export const toggleIds = {
  Details: 'fold',
  'All lines': 'fold',
  'All steps': 'fold',
  'All servers': 'fold',
  'Show lines': 'fold',
  'Break glass': 'glass',
} as const;
type ToggleTitle = keyof typeof toggleIds;

export interface PressOptions {
  /** The button that does what the card is about. */
  readonly first?: true;
  /** Values of the card's inputs are not sent along. */
  readonly withoutInputs?: true;
}

/** Action.Execute with the token, and Action.Submit for clients that do not know it. Labels are plain text in every client. */
export function press(title: Title, token: Token, options: PressOptions = {}): Element {
  const shared = {
    title: labelOf(title),
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

/** A button in a window of the message extension: those know Action.Submit alone. `data` is what the window sends back. */
export function submit(title: OwnText, data: Readonly<Record<string, string>>): Element {
  return element('Action.Submit', { title, data });
}

/** A row that is a button as a whole. Clients read its title in place of the row, so it repeats what stands there. */
export function rowPress(spoken: Words, token: Token): Element {
  return { ...press('Show current state', token), title: spoken };
}

function labelOf(title: Title): Words {
  if (typeof title === 'string') return sentence(title);
  if ('show' in title) return own`Show change ${title.show}`;
  return 'retry' in title
    ? own`Retry ${counted(title.retry, own`server`, own`servers`)}`
    : said`Check ${verbatim(shortName(outside(title.check).plainCharacters(), 22))}`;
}

export function openKb(): Element {
  return element('Action.OpenUrl', {
    title: own`Open KB`,
    url: 'https://support.microsoft.com/help/4096317',
  });
}

/** An article that is not KB 4096317. `url` is ours. */
export function openGuide(url: string): Element {
  return element('Action.OpenUrl', { title: own`Open guide`, url });
}

/** Opens the person's own chat with the bot. */
export function openPersonalChat(url: string): Element {
  return element('Action.OpenUrl', { title: own`Open our chat`, url });
}

/** The buttons of a card, in its body so that the details can stand below them. */
export function buttonRow(actions: readonly Element[]): readonly Element[] {
  return actions.length === 0 ? [] : [element('ActionSet', { spacing: 'Medium', actions })];
}

/** The button that opens what it names. */
export function toggle(title: ToggleTitle): Element {
  return element('Action.ToggleVisibility', { title: sentence(title), targetElements: [toggleIds[title]] });
}

/** What a toggle opens, below the buttons: at most eight entries, since a large hidden part makes Teams cut the card. */
export function fold(entries: readonly Element[]): readonly Element[] {
  if (entries.length === 0) return [];
  return [
    container(entries.slice(0, 8), {
      id: toggleIds.Details,
      isVisible: false,
      separator: true,
      spacing: 'Medium',
    }),
  ];
}
