import { ellipsis } from '../cut-text.ts';
import { outside } from '../outside-text.ts';
import { own } from '../own-text.ts';
import { inputIds } from '../press.ts';
import { type Element, element } from './element.ts';

/** Choices that keep a card of the longest names below its 20 KB. */
const most = 25;

/** The inventory as a compact list, whose titles no client reads as Markdown; names beyond the first 25 can be typed. */
export function serverChoice(servers: readonly string[]): Element {
  return element('Input.ChoiceSet', {
    id: inputIds.server,
    style: 'compact',
    label:
      servers.length > most
        ? own`Check a server now: the first ${most} of ${servers.length}`
        : own`Check a server now`,
    placeholder: own`Choose a server`,
    isRequired: true,
    errorMessage: own`Choose a server first.`,
    spacing: 'Medium',
    choices: servers.slice(0, most).map((name) => ({
      title: ellipsis(outside(name).plainCharacters(), 63),
      value: name,
    })),
  });
}
