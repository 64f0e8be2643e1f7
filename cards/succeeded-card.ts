import { buttonRow, fold, press, toggle } from './blocks/buttons.ts';
import { pastStep } from './blocks/change-steps.ts';
import { longValue } from './blocks/code-band.ts';
import type { Element } from './blocks/element.ts';
import { mendingBlock } from './blocks/mending.ts';
import { recordLine } from './blocks/people.ts';
import { proof } from './blocks/proof.ts';
import { states, strip } from './blocks/strip.ts';
import { nextBlock, smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import type { ChangeStepView, ChangeView, PeopleView } from './change-view.ts';
import { mainEdit } from './change-words.ts';
import { durationText } from './duration-text.ts';
import { type OwnText, own, said } from './own-text.ts';
import type { Token } from './press.ts';
import type { ProofView } from './proof-view.ts';
import template from './succeeded.json' with { type: 'json' };
import { summaryName } from './summary-text.ts';
import { dayText } from './time-text.ts';
import type { View } from './view.ts';

/** Raised, restarted or rolled back, by `change.work.kind`. */
export interface SucceededCardData {
  readonly view: View;
  readonly change: ChangeView;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly proofs: readonly ProofView[];
  readonly people: PeopleView;
  readonly steps: readonly ChangeStepView[];
  /** Name of the backup on the server. */
  readonly backup?: string;
  /** Owner, rights or attributes that could not be put back as they were, with the command that mends them; empty as a rule. Outside text. */
  readonly leftDifferent?: readonly string[];
  readonly checkAgain: Token;
  /** Answer with the commands of `leftDifferent`. Takes the place of the details. */
  readonly commandAsText?: Token;
  /** Makes a new plan. Absent when there is nothing to take back. */
  readonly rollBack?: Token;
}

const fill = cardTemplate(template);

function headingOf({ work }: ChangeView): OwnText {
  const edit = mainEdit(work);
  if (work.kind === 'restart') return own`The limit of ${work.value} counts now. Clients can scan again.`;
  if (edit === undefined) return own`The change is done`;
  if (work.kind === 'roll-back') return own`The limit is ${edit.to} again. The old file is back.`;
  return edit.key === 'maxCachedUpdates'
    ? own`maxCachedUpdates is now ${edit.to}. Clients can scan again.`
    : own`The limit is now ${edit.to}. Clients can scan again.`;
}

function nextOf({ change }: SucceededCardData): Element {
  if (change.work.kind === 'roll-back') {
    return nextBlock(
      [own`Next: decline superseded updates`],
      [
        [
          own`Clients whose lists are longer than the limit are refused with 80244007 again. Shorter lists are the cure.`,
        ],
      ],
    );
  }
  return nextBlock(
    [own`Next: watch one failing client`],
    [
      [own`Clients scan by themselves within 22\u00a0h, or when you start a scan on one.`],
      [own`This is relief, not a cure: decline superseded updates, or the lists grow again.`],
    ],
  );
}

/** 4.9: proof, so that they can go to bed. */
export function succeededCard(data: SucceededCardData): Card {
  const { change, proofs, view } = data;
  const seen = proofs.filter((item) => item.kind !== 'not-possible').length;
  const isRollBack = change.work.kind === 'roll-back';
  const base = isRollBack ? states.rolledBack : states.doneAndProven;
  const word =
    seen === proofs.length
      ? base.word
      : isRollBack
        ? own`Rolled back, ${seen} of ${proofs.length} proofs`
        : own`Done, ${seen} of ${proofs.length} proofs`;
  const heading = headingOf(change);
  const details = data.steps.map((step) => pastStep(step, change, view)).slice(0, 7);
  const showsDetails = details.length > 0 && data.commandAsText === undefined;
  const backup =
    data.backup === undefined
      ? []
      : [longValue(isRollBack ? own`Backup that was put back` : own`Backup`, [data.backup])];
  return fill(
    said`${word} on ${summaryName(change.server)}: ${heading} Next: ${isRollBack ? own`decline superseded updates` : own`watch one failing client`}.`,
    {
      strip: strip({
        state: { ...base, word },
        server: change.server,
        extra: [own`took ${durationText(data.endedAt.getTime() - data.startedAt.getTime())}`],
        heading,
      }),
      proofs: [...proofs.map((item) => proof(item, view)), ...backup],
      leftDifferent: mendingBlock(data.leftDifferent ?? []),
      next: nextOf(data),
      people: recordLine(data.people, view, change.number),
      buttons: buttonRow([
        press('Check again', data.checkAgain),
        ...(data.rollBack === undefined ? [] : [press('Roll back', data.rollBack)]),
        ...(data.commandAsText === undefined ? [] : [press('Command as text', data.commandAsText)]),
        ...(showsDetails ? [toggle('Details')] : []),
      ]),
      details: showsDetails
        ? fold([...details, smallLine([own`Times of ${dayText(data.endedAt, view)}.`], 'None')])
        : [],
    },
  );
}
