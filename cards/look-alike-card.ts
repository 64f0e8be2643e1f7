import { buttonRow, fold, toggle } from './blocks/buttons.ts';
import { codeBand, codeLine, sourceLine } from './blocks/code-band.ts';
import { container, type Element } from './blocks/element.ts';
import { evidenceBand, otherEvidence } from './blocks/evidence-band.ts';
import { seenRows } from './blocks/seen.ts';
import { states, strip } from './blocks/strip.ts';
import { type Part, run } from './blocks/text-line.ts';
import { nextBlock, paragraph, sectionTitle } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { codeColumns, cutLines, ellipsis } from './cut-text.ts';
import { type DiagnosisNext, nextElements } from './diagnosis-next.ts';
import type { EvidenceLine, SeenView } from './evidence-view.ts';
import template from './look-alike.json' with { type: 'json' };
import { outside } from './outside-text.ts';
import { type OwnText, own } from './own-text.ts';
import type { View } from './view.ts';

/** Failures that look like KB 4096317 and are not. `neighbour` is another code of the same family. */
export type LookAlikeKind =
  | 'other-cached-update-ids'
  | 'simple-auth'
  | 'other-invalid-parameters'
  | 'server-fault'
  | 'self-healing'
  | 'upstream-sync'
  | 'neighbour';

export interface LookAlikeCardData {
  readonly view: View;
  readonly kind: LookAlikeKind;
  /** The code as an unsigned number, 0x80244010; only for `neighbour`. */
  readonly hresult?: number;
  /** What it means, one or two sentences, and what to do, in order. Shown as text from outside, so any string is safe. */
  readonly meaning: string;
  readonly steps: readonly string[];
  /** The word of the fault that differs: "parameters.OtherCachedUpdateIDs", an ErrorCode, a Method. Shown beside the one of KB 4096317. */
  readonly theirs?: { readonly errorCode?: string; readonly message?: string; readonly method?: string };
  readonly evidence: readonly EvidenceLine[];
  readonly seen: SeenView;
  /** Left out for everything that a check cannot answer. */
  readonly next?: DiagnosisNext;
}

const fill = cardTemplate(template);

const headings: Readonly<Record<Exclude<LookAlikeKind, 'neighbour'>, OwnText>> = {
  'other-cached-update-ids': own`Same code, another limit: maxCachedUpdates`,
  'simple-auth': own`Same code, another service: SimpleAuth`,
  'other-invalid-parameters': own`Same code, another parameter was refused`,
  'server-fault': own`Same code, but the server itself broke down`,
  'self-healing': own`Same code, and clients recover from it by themselves`,
  'upstream-sync': own`This is the server’s own synchronisation`,
};

function heading({ kind, hresult }: LookAlikeCardData): OwnText {
  if (kind !== 'neighbour') return headings[kind];
  if (hresult === undefined) return own`Another code, another cause`;
  // Digits of a number only.
  const code = (hresult >>> 0).toString(16).toUpperCase().padStart(8, '0') as OwnText;
  return own`${code} is another failure`;
}

/** One of the two that are compared, in lines of the same shape, so that the eye finds the word that differs. */
function compared(label: OwnText, value: string, first: boolean): readonly Element[] {
  const dot = value.indexOf('.');
  const [front, word] = dot < 0 ? ['', value] : [value.slice(0, dot + 1), value.slice(dot + 1)];
  const lead: readonly Part[] = [
    run(label, { subtle: true }),
    ...(front === '' ? [] : [run(outside(front), { subtle: true })]),
  ];
  return [
    codeLine(lead, first ? 'None' : 'None'),
    ...cutLines(ellipsis(word, 3 * codeColumns), codeColumns, '.,;=/_').map((text) =>
      codeLine([run(outside(text), { bold: true })], 'None'),
    ),
  ];
}

function apartOf({ theirs, evidence }: LookAlikeCardData): readonly Element[] {
  if (theirs === undefined) return [];
  const line = evidence[0]?.line;
  const yours = sourceLine([line === undefined ? own`Your log has` : own`Your log, line ${line}`], 'None');
  const kb = sourceLine([own`KB\u00a04096317 has`], 'Small');
  const pair = (label: OwnText, their: string, its: string) => [
    sectionTitle(own`How I tell them apart`),
    codeBand([yours, ...compared(label, their, true), kb, ...compared(label, its, false)]),
  ];
  if (theirs.message) return pair(own`Message=`, theirs.message, 'parameters.InstalledNonLeafUpdateIDs');
  if (theirs.errorCode) return pair(own`ErrorCode=`, theirs.errorCode, 'InvalidParameters');
  if (theirs.method) return pair(own`Method=`, theirs.method, 'ClientWebService/SyncUpdates');
  return [];
}

/** 4.4: stops the wrong fix kindly. */
export function lookAlikeCard(data: LookAlikeCardData): Card {
  const title = heading(data);
  const next =
    data.next === undefined
      ? undefined
      : nextElements(data.next, own`A check shows the limits that are set now.`);
  const apart = apartOf(data);
  const seen = seenRows(data.seen, data.view);
  const others = otherEvidence(data.evidence);
  const buttons = next?.buttons ?? [];
  const opens = others.length > 0 && buttons.length < 3;
  return fill(
    `Cause found, and it is not KB 4096317: ${title}. ${next?.spoken ?? 'The card lists what to do, in order.'}`,
    {
      strip: strip({ state: states.causeFound, extra: [own`not KB\u00a04096317`], heading: title }),
      meaning: paragraph([outside(data.meaning)]),
      apart,
      evidence: apart.length > 0 ? [] : evidenceBand(data.evidence),
      seen: seen.length === 0 ? [] : [container(seen, { spacing: 'Medium' })],
      next:
        data.steps.length === 0
          ? []
          : [
              nextBlock(
                [data.steps.length === 1 ? own`Next` : own`Next, in this order`],
                data.steps.map((step, index): readonly Part[] =>
                  data.steps.length === 1 ? [outside(step)] : [own`${index + 1}. `, outside(step)],
                ),
              ),
            ],
      nextCheck: next?.block ?? [],
      choice: next?.choice ?? [],
      buttons: buttonRow([...buttons, ...(opens ? [toggle('All lines')] : [])]),
      fold: opens ? fold(others) : [],
    },
  );
}
