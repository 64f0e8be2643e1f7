import { press } from './blocks/buttons.ts';
import { pathValue } from './blocks/code-band.ts';
import type { Element } from './blocks/element.ts';
import { rootCauseBlock } from './blocks/root-cause.ts';
import { proofRow } from './blocks/step.ts';
import { states, strip } from './blocks/strip.ts';
import { run } from './blocks/text-line.ts';
import { verdictParts } from './blocks/verdict-parts.ts';
import { nextBlock } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import template from './healthy.json' with { type: 'json' };
import { own, said } from './own-text.ts';
import { summaryName } from './summary-text.ts';
import { timeText } from './time-text.ts';
import type { VerdictCardData } from './verdict-view.ts';

export interface HealthyCardData extends VerdictCardData {
  readonly limit: number;
  /** Path of web.config and its line. */
  readonly file: string;
  readonly line?: number;
  /** When the process that serves clients started, and when the file was written last. */
  readonly startedAt?: Date;
  readonly writtenAt?: Date;
  /** Of the answer to GetConfig, with its milliseconds. */
  readonly serviceStatus?: number;
  readonly serviceMilliseconds?: number;
}

const fill = cardTemplate(template);

function activeRow({ startedAt, writtenAt, view }: HealthyCardData): Element {
  if (startedAt === undefined) {
    return proofRow('not-possible', own`In use`, [
      own`the pool has no process now, the next request starts one with this file`,
    ]);
  }
  const since = own`process started ${timeText(startedAt, view)}`;
  return proofRow('done', own`In use`, [
    writtenAt === undefined ? since : own`${since}, file written ${timeText(writtenAt, view)}`,
  ]);
}

function serviceRow({ serviceStatus, serviceMilliseconds }: HealthyCardData): Element {
  if (serviceStatus === undefined) return proofRow('not-possible', own`Service answers`, [own`not tried`]);
  const time =
    serviceMilliseconds === undefined ? own`` : own` in ${Math.round(serviceMilliseconds)}\u00a0ms`;
  return proofRow(serviceStatus === 200 ? 'done' : 'not-known', own`Service answers`, [
    own`HTTP\u00a0${serviceStatus}${time}`,
  ]);
}

const nothingToDo = nextBlock(
  [own`Next: nothing here`],
  [
    [
      own`Does a client still show 80244007? Paste its lines with ErrorCode, or the server’s lines with ThrowException.`,
    ],
  ],
);

const mend = nextBlock(
  [own`Next: mend what is named above`],
  [
    [
      own`Run the commands there as administrator, or leave it to the next change: it puts that right before it begins.`,
    ],
  ],
);

const planAnew = nextBlock(
  [own`Next: see whether that change is still wanted`],
  [[own`The service works with the file as it is now.`]],
);

function nextOf({ interruption }: HealthyCardData): Element {
  if (interruption === undefined) return nothingToDo;
  return interruption.leftDifferent.length > 0 ? mend : planAnew;
}

/** The limit is 800 or more, active, and no refusal is in the log after it became so. */
export function healthyCard(data: HealthyCardData): Card {
  const { limit, server, view } = data;
  const next =
    data.interruption === undefined
      ? own`Nothing is to be done.`
      : own`The last change there was interrupted. Next: look at it.`;
  return fill(said`Healthy: ${summaryName(server)}. The limit is ${limit} and in use. ${next}`, {
    strip: strip({
      state: states.healthy,
      server,
      extra: [own`read ${timeText(data.readAt, view)}`],
      heading: own`The limit is ${limit} and in use`,
    }),
    proofs: [
      proofRow('done', own`Value in the file`, [
        run(own`${limit}`, { bold: true }),
        data.line === undefined ? own`` : own`, line ${data.line} of web.config`,
      ]),
      activeRow(data),
      serviceRow(data),
    ],
    rootCause: rootCauseBlock(data.rootCause, { limit, isActive: true }),
    next: nextOf(data),
    ...verdictParts(
      data,
      [press('Check again', data.checkAgain)],
      data.file === '' ? [] : [pathValue(own`File`, data.file)],
    ),
  });
}
