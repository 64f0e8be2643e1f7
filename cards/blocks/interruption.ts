import { ellipsis } from '../cut-text.ts';
import type { InterruptionView } from '../interruption-view.ts';
import { outside } from '../outside-text.ts';
import { type OwnText, own } from '../own-text.ts';
import { timeText } from '../time-text.ts';
import type { View } from '../view.ts';
import type { Element } from './element.ts';
import { mendingBlock } from './mending.ts';
import { type Part, run } from './text-line.ts';
import { paragraph } from './words.ts';

const subjects: Readonly<Record<InterruptionView['what'], OwnText>> = {
  raise: own`The last change here`,
  restart: own`The last restart here`,
  'roll-back': own`The last roll-back here`,
  unknown: own`The last work here`,
};

const steps: Readonly<Record<string, OwnText>> = {
  read: own`the first reading`,
  backup: own`the backup`,
  write: own`the write`,
  'verify-file': own`the check of the file`,
  restart: own`the restart`,
  wait: own`the wait for the web service`,
};

const files: Readonly<Record<InterruptionView['file'], OwnText>> = {
  before: own` Web.config is the old one.`,
  after: own` Web.config is the new one.`,
  other: own` Web.config is neither the old nor the new one: somebody else changed it.`,
  unread: own` What Web.config is now could not be read.`,
};

function stepWords({ step }: InterruptionView): Part {
  return steps[step] ?? outside(step).map((name) => ellipsis(name, 40));
}

/** That the last change was killed, and what the file is now. A restart leaves the file as it is, so nothing is said of it. */
export function interruptionLine(interruption: InterruptionView, view: View): readonly Element[] {
  return [
    paragraph([
      run(own`!\u00a0${subjects[interruption.what]} was interrupted. `, { bold: true }),
      own`It began at ${timeText(new Date(interruption.startedAt), view)} and got as far as `,
      stepWords(interruption),
      own`.${interruption.what === 'restart' ? own`` : files[interruption.file]}`,
    ]),
  ];
}

/** The same, with what was left different and how to mend it. */
export function interruptionBlock(
  interruption: InterruptionView | undefined,
  view: View,
): readonly Element[] {
  if (interruption === undefined) return [];
  return [...interruptionLine(interruption, view), ...mendingBlock(interruption.leftDifferent)];
}
