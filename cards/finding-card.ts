import { buttonRow, fold, openGuide, openKb, toggle } from './blocks/buttons.ts';
import { container, type Element } from './blocks/element.ts';
import { evidenceBand, evidenceTitle, otherEvidence } from './blocks/evidence-band.ts';
import { alsoBlock, headingOf, paragraphs, stepsBlock } from './blocks/explanation.ts';
import { logTime, seenRows } from './blocks/seen.ts';
import { strip } from './blocks/strip.ts';
import { type TheirWords, tellApart } from './blocks/tell-apart.ts';
import type { Part } from './blocks/text-line.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { type DiagnosisNext, nextElements } from './diagnosis-next.ts';
import type { EvidenceLine, SeenView } from './evidence-view.ts';
import type { AlsoView, ExplanationView } from './explanation-view.ts';
import template from './finding.json' with { type: 'json' };
import { type FindingKind, findingWords } from './finding-words.ts';
import { own, said } from './own-text.ts';
import type { View } from './view.ts';

export type { TheirWords } from './blocks/tell-apart.ts';
export type { DiagnosisNext } from './diagnosis-next.ts';
export type { FindingKind } from './finding-words.ts';

/** What a text that was pasted or sent means, when its lines name a cause or another failure. */
export interface FindingCardData {
  readonly view: View;
  readonly kind: FindingKind;
  readonly explanation: ExplanationView;
  /** The word of the fault that differs from KB 4096317's, shown beside it in place of the lines. */
  readonly theirs?: TheirWords;
  /** All lines that prove it, the best first; two are shown, up to four more under "All lines". */
  readonly evidence: readonly EvidenceLine[];
  /** Lines that hold the fault in all of the text. */
  readonly faultLines: number;
  readonly seen: SeenView;
  readonly others: readonly AlsoView[];
  /** Left out for everything that a check cannot answer. */
  readonly next?: DiagnosisNext;
}

const fill = cardTemplate(template);
const mostButtons = 3;

/** Why I think so, and the lines that say it. */
function evidenceOf({ explanation, theirs, evidence, faultLines }: FindingCardData): readonly Element[] {
  const apart = tellApart(theirs, evidence[0]?.line);
  const shown =
    apart.length > 0 ? apart : [...evidenceTitle(evidence, faultLines), ...evidenceBand(evidence)];
  const [title, ...band] = shown;
  return title === undefined ? [] : [title, ...paragraphs(explanation.why, 'Small'), ...band];
}

/** 4.2 and 4.4: names the cause, shows why, leads to what is to be done. Stops the wrong fix kindly. */
export function findingCard(data: FindingCardData): Card {
  const { view, kind, explanation, evidence } = data;
  const words = findingWords[kind];
  const heading = headingOf(explanation);
  const next = data.next === undefined ? undefined : nextElements(data.next, words.checkShows);
  const seen = kind === 'example' ? [] : seenRows(data.seen, view);
  const others = otherEvidence(evidence);
  const presses = next?.buttons ?? [];
  const buttons = [...presses, ...(others.length > 0 ? [toggle('All lines')] : []), ...linkOf(data)].slice(
    0,
    Math.max(mostButtons, presses.length),
  );
  const opens = buttons.some((button) => button.type === 'Action.ToggleVisibility');
  return fill(
    said`${words.spoken} ${heading}. ${next?.spoken ?? own`The card lists what to do, in order.`}`,
    {
      strip: strip({ state: words.state, extra: stripExtra(data), heading }),
      cause: paragraphs(explanation.cause),
      evidence: evidenceOf(data),
      seen: seen.length === 0 ? [] : [container(seen, { spacing: 'Medium' })],
      notes: paragraphs(explanation.notes),
      also: alsoBlock(data.others),
      steps: stepsOf(data),
      next: next?.block ?? [],
      choice: next?.choice ?? [],
      buttons: buttonRow(buttons),
      fold: opens ? fold(others) : [],
    },
  );
}

/** Which article, or since when it works again. */
function stripExtra({ kind, seen, view }: FindingCardData): readonly Part[] {
  const { extra } = findingWords[kind];
  if (kind === 'recovered' && seen.recovered !== undefined) {
    return [own`since `, logTime(seen.recovered, view)];
  }
  return extra === undefined ? [] : [extra];
}

/** Where a check leads on, it says what to do: a limit is not raised by what a log says. */
function stepsOf({ kind, explanation }: FindingCardData): readonly Element[] {
  if (kind === 'kb4096317' || kind === 'example') return [];
  return stepsBlock(explanation);
}

function linkOf({ kind, explanation }: FindingCardData): readonly Element[] {
  if (kind === 'kb4096317' || kind === 'example') return [openKb()];
  return explanation.link === undefined ? [] : [openGuide(explanation.link.url)];
}
