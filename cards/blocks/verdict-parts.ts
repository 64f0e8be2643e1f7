import { mendingCommands } from '../mending.ts';
import type { VerdictCardData } from '../verdict-view.ts';
import { buttonRow, fold, press, toggle } from './buttons.ts';
import type { Element } from './element.ts';
import { interruptionBlock } from './interruption.ts';
import { unreadLines } from './root-cause.ts';
import { moduleWarning, wayFoot } from './way.ts';

const mostButtons = 3;

interface VerdictParts {
  /** What a person has to know besides: an interrupted change, an endpoint of another version. */
  readonly notes: readonly Element[];
  readonly buttons: readonly Element[];
  /** Which way was used. */
  readonly foot: Element;
  readonly fold: readonly Element[];
}

/** What the cards of all verdicts share. `details`: opened by a button. */
export function verdictParts(
  data: VerdictCardData,
  buttons: readonly Element[],
  details: readonly Element[] = [],
): VerdictParts {
  const { interruption, rootCause, way, view, commandAsText } = data;
  const folded = [...details, ...unreadLines(rootCause)];
  const canMend = interruption !== undefined && mendingCommands(interruption.leftDifferent) !== undefined;
  const all = [
    ...buttons,
    ...(canMend && commandAsText !== undefined ? [press('Command as text', commandAsText)] : []),
    ...(folded.length > 0 ? [toggle('Details')] : []),
  ].slice(0, mostButtons);
  const opens = all.some((button) => button.type === 'Action.ToggleVisibility');
  return {
    notes: [...interruptionBlock(interruption, view), ...moduleWarning(way)],
    buttons: buttonRow(all),
    foot: wayFoot(way),
    fold: opens ? fold(folded) : [],
  };
}
