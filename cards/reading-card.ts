import { buttonRow, press } from './blocks/buttons.ts';
import { type StepRow, stepRow } from './blocks/step.ts';
import { states, strip } from './blocks/strip.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { ellipsis } from './cut-text.ts';
import { durationText, wholeDurationText } from './duration-text.ts';
import { outside } from './outside-text.ts';
import { type OwnText, own, said } from './own-text.ts';
import type { Token } from './press.ts';
import template from './reading.json' with { type: 'json' };
import { summaryName } from './summary-text.ts';
import { secondsText } from './time-text.ts';
import type { View } from './view.ts';

type ReadingStep = 'sign-in' | 'endpoint' | 'report' | 'judge';

interface ReadingStepView {
  readonly step: ReadingStep;
  readonly state: 'done' | 'now' | 'later';
  /** Since it began, or how long it took. */
  readonly milliseconds?: number;
}

/** Give the steps that the program really sees, one or more. */
export interface ReadingCardData {
  readonly view: View;
  readonly server: string;
  readonly startedAt: Date;
  /** Port and name of the endpoint, from the configuration. */
  readonly port: number;
  readonly endpoint: string;
  readonly steps: readonly ReadingStepView[];
  /** Stops it. Left out where that cannot be. */
  readonly stop?: Token;
}

const fill = cardTemplate(template);

const words: Readonly<Record<ReadingStep, { readonly done: OwnText; readonly now: OwnText }>> = {
  'sign-in': { done: own`Signed in`, now: own`Sign in` },
  endpoint: { done: own`Endpoint opened`, now: own`Open the endpoint` },
  report: {
    done: own`File, service, pool, sites and log read`,
    now: own`Read file, service, pool, sites and log`,
  },
  judge: { done: own`Findings compared`, now: own`Compare the findings` },
};

function row({ step, state, milliseconds }: ReadingStepView, data: ReadingCardData): StepRow {
  const detail =
    step === 'sign-in'
      ? [own`port ${data.port}`]
      : step === 'endpoint'
        ? [outside(data.endpoint).map((name) => ellipsis(name, 30))]
        : undefined;
  const time =
    milliseconds === undefined
      ? undefined
      : state === 'done'
        ? durationText(milliseconds)
        : wholeDurationText(milliseconds);
  return {
    mark: state,
    what: [state === 'done' ? words[step].done : words[step].now],
    ...(detail !== undefined && { detail }),
    ...(time !== undefined && state !== 'later' && { time }),
  };
}

/** 4.5: something happens, and it is harmless. */
export function readingCard(data: ReadingCardData): Card {
  const at = data.steps.findIndex((step) => step.state === 'now');
  const count = data.steps.length;
  const heading =
    at < 0 || count < 2
      ? own`I am reading it. No setting is changed.`
      : own`Step ${at + 1} of ${count}. No setting is changed.`;
  return fill(
    said`Reading ${summaryName(data.server)}: no setting is changed. The result replaces this card.`,
    {
      strip: strip({
        state: states.reading,
        server: data.server,
        extra: [own`started ${secondsText(data.startedAt, data.view)}`],
        heading,
      }),
      steps: data.steps.map((step) => stepRow(row(step, data))),
      buttons: data.stop === undefined ? [] : buttonRow([press('Stop reading', data.stop)]),
    },
  );
}
