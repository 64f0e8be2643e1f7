import { buttonRow, press } from './blocks/buttons.ts';
import { pastStep, quietSteps } from './blocks/change-steps.ts';
import { code, longValue } from './blocks/code-band.ts';
import { container, type Element } from './blocks/element.ts';
import { mendingBlock } from './blocks/mending.ts';
import { peopleOfList } from './blocks/people.ts';
import { stepRow } from './blocks/step.ts';
import { states, strip } from './blocks/strip.ts';
import { run, textLine } from './blocks/text-line.ts';
import { paragraph, sectionTitle, smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import type { ChangeStep, ChangeStepView, ChangeView, PeopleView } from './change-view.ts';
import { activationText, mainEdit } from './change-words.ts';
import { type LostView, lostText } from './lost-words.ts';
import { outside } from './outside-text.ts';
import { type OwnText, own, said } from './own-text.ts';
import type { Token } from './press.ts';
import { summaryName, withSingleStops } from './summary-text.ts';
import { bareSecondsText, secondsText } from './time-text.ts';
import template from './unknown.json' with { type: 'json' };
import type { View } from './view.ts';

/** Contact was lost and nobody can tell what is true. */
export interface UnknownCardData extends LostView {
  readonly view: View;
  readonly change: ChangeView;
  readonly since: Date;
  /** `done` are known, `not-known` are not; the others are left out. */
  readonly steps: readonly ChangeStepView[];
  readonly port: number;
  readonly backup?: string;
  /** As on the card of a change that failed, where the server was read since. Outside text. */
  readonly leftDifferent?: readonly string[];
  readonly people: PeopleView;
  readonly lookAgain: Token;
  /** Makes a plan that puts the backup back; left out for a foreign file. */
  readonly restore?: Token;
  readonly takeOver: Token;
}

const fill = cardTemplate(template);

function headingOf(data: UnknownCardData): OwnText {
  const lost = lostText(data, data.change);
  return data.why === 'way-back-failed' ? lost : own`${lost}. You decide.`;
}

/** What nobody knows, in words for the step it is about. */
function openQuestion(step: ChangeStep, { work }: ChangeView): OwnText {
  switch (step) {
    case 'restart':
    case 'wait':
    case 'undo-restart':
      return own`Whether IIS came back`;
    case 'verify':
    case 'undo-verify':
      return own`Whether the service answers with the new limit`;
    case 'read':
      return own`Whether the file is still the same`;
    case 'backup':
      return own`Whether the backup was written`;
    case 'undo-write':
      return own`Whether the backup was put back`;
    case 'write':
    case 'verify-file':
      return work.kind === 'roll-back'
        ? own`Whether the backup was put back`
        : own`Whether the file was replaced`;
  }
}

function choicesOf({ change, restore }: UnknownCardData): readonly Element[] {
  const edit = mainEdit(change.work);
  const choice = (name: OwnText, words: OwnText) =>
    paragraph([run(name, { bold: true }), own`: ${words}`], 'Default');
  const back =
    change.work.kind === 'raise' && edit !== undefined ? own`${edit.from} back` : own`The backup back`;
  return [
    textLine([own`Then choose. Until then I do nothing.`], { bold: true }),
    paragraph([own`Until then no other change runs on this server.`], 'None'),
    choice(own`Look again`, own`I read the server and say what is true. Changes no setting.`),
    ...(restore === undefined
      ? []
      : [
          choice(
            own`Restore`,
            own`${back}, then ${activationText(change.activation)}, after an approval. The server must answer first.`,
          ),
        ]),
    choice(own`Take over`, own`I stop here and keep the backup. You finish by hand.`),
    smallLine([
      own`An approver may also type `,
      run(outside(`unlock ${change.server}`), { bold: true, mono: true, small: true }),
      own` and a reason: other changes may run then, and this one stays not proven.`,
    ]),
  ];
}

/** 4.11: what is known, what is not, and the decision for a person. */
export function unknownCard(data: UnknownCardData): Card {
  const { change, steps, view, why } = data;
  const heading = headingOf(data);
  const known = steps.filter(
    (step) => step.state === 'failed' || (step.state === 'done' && !quietSteps.includes(step.step)),
  );
  const open = steps.filter((step) => step.state === 'not-known');
  const questions =
    open.length > 0 ? open : [{ step: data.during, state: 'not-known', startedAt: data.since } as const];
  const silent = why === 'silent' ? { detail: [own`port ${data.port} is silent`] } : {};
  return fill(
    withSingleStops(
      said`State unknown on ${summaryName(change.server)}: ${heading}. ${data.restore === undefined ? own`Next: look again, or take over.` : own`Next: look again, restore, or take over.`}`,
    ),
    {
      strip: strip({
        state: states.stateUnknown,
        server: change.server,
        extra: [own`since ${secondsText(data.since, view)}`],
        heading,
      }),
      known:
        known.length === 0
          ? []
          : [
              sectionTitle(own`Known`),
              container(
                known.map((step) => pastStep(step, change, view)),
                { spacing: 'Small' },
              ),
            ],
      notKnown: questions.map((step) =>
        stepRow({
          mark: 'not-known',
          what: [openQuestion(step.step, change)],
          ...silent,
          time: bareSecondsText(step.startedAt ?? data.since, view),
        }),
      ),
      foreign: [
        ...(why === 'foreign-file'
          ? [
              paragraph([
                own`The file is neither the old nor the new one: somebody else changed it. I do not write over it.`,
              ]),
            ]
          : []),
        ...(data.backup === undefined ? [] : [longValue(own`Backup`, [data.backup])]),
        ...mendingBlock(data.leftDifferent ?? []),
      ],
      lookFirst: paragraph(
        [own`Is the host up? Then on the host: `, code('Get-Service W3SVC, WAS, WsusService')],
        'Small',
      ),
      choices: choicesOf(data),
      people: peopleOfList(data.people, data.since, view, change.number),
      buttons: buttonRow([
        press('Look again', data.lookAgain),
        ...(data.restore === undefined ? [] : [press('Restore', data.restore)]),
        press('Take over', data.takeOver),
      ]),
    },
  );
}
