import { longValue } from './blocks/code-band.ts';
import { container, type Element } from './blocks/element.ts';
import { allOf, anyOf, nameRun } from './blocks/people.ts';
import { stepRow } from './blocks/step.ts';
import { states, strip, stripName } from './blocks/strip.ts';
import { type Part, run, textLine } from './blocks/text-line.ts';
import { smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { counted } from './count-text.ts';
import { type OwnText, own, said } from './own-text.ts';
import { policyText } from './policy-text.ts';
import type { AllowanceView, StandingView } from './standing-view.ts';
import template from './whoami.json' with { type: 'json' };

/** What the person who asks may do, and why. */
export interface WhoamiCardData {
  /** Display name, when known. */
  readonly person?: string;
  /** Entra object id, which decides; absent: the message came without one. */
  readonly objectId?: string;
  /** Servers with the same answer are one entry; at least one, unless the inventory is empty. */
  readonly standings: readonly StandingView[];
}

const fill = cardTemplate(template);
/** Entries that keep the card of the longest names below its 20 KB. */
const mostStandings = 4;

function whyParts(allowance: AllowanceView): readonly Part[] {
  switch (allowance.because) {
    case 'everyone':
      return [own`yes, everyone may`];
    case 'listed':
      return [own`yes, the policy names you`];
    case 'group':
      return [own`yes, through the group `, nameRun(allowance.group)];
    case 'not-listed':
      return [own`no, `, ...anyOf(allowance.instead), own` may`];
    case 'directory-unread':
      return [own`not now: the directory does not say which groups you are in`];
    case 'no-identity':
      return [own`no: your message came without an Entra object id`];
  }
}

function allowanceRow(title: OwnText, allowance: AllowanceView): Element {
  const unread = !allowance.may && allowance.because === 'directory-unread';
  return stepRow({
    mark: allowance.may ? 'done' : unread ? 'not-known' : 'not-possible',
    what: [run(own`${title}: `, { bold: true }), ...whyParts(allowance)],
  });
}

function standingBlock(
  { servers, ask, approve, breakGlass, policy }: StandingView,
  isFirst: boolean,
): Element {
  return container(
    [
      textLine([run(own`On `, { bold: true }), ...allOf(servers)]),
      allowanceRow(own`Ask for a change`, ask),
      allowanceRow(own`Approve`, approve),
      allowanceRow(own`Break the glass`, breakGlass),
      smallLine([own`A change needs ${policyText(policy)}.`]),
    ],
    isFirst ? { spacing: 'Medium' } : { separator: true, spacing: 'Medium' },
  );
}

function headingOf(standings: readonly StandingView[]): OwnText {
  const some = (of: 'ask' | 'approve' | 'breakGlass') => standings.some((standing) => standing[of].may);
  const every = (of: 'ask' | 'approve' | 'breakGlass') => standings.every((standing) => standing[of].may);
  if (standings.length === 0) return own`My inventory is empty`;
  const where = (of: 'ask' | 'approve') => (every(of) ? own`` : own` on some servers`);
  if (some('ask') && some('approve')) {
    return every('ask') && every('approve')
      ? own`You may ask for changes and approve them`
      : own`You may ask and approve, not on every server`;
  }
  if (some('approve')) return own`You may approve changes${where('approve')}`;
  if (some('ask')) return own`You may ask for changes${where('ask')}`;
  return own`You may ask what a log means`;
}

/** `whoami`: what this person may do, why, and what a change needs besides. */
export function whoamiCard({ person, objectId, standings }: WhoamiCardData): Card {
  const heading = headingOf(standings);
  const shown = standings.slice(0, mostStandings);
  const more = standings.slice(mostStandings).flatMap(({ servers }) => servers).length;
  return fill(said`What you may do: ${heading}.`, {
    strip: strip({
      state: states.whoami,
      ...(person !== undefined && {
        extra: [own`for `, run(stripName(person), { bold: true, small: true })],
      }),
      heading,
    }),
    standings: [
      ...shown.map((standing, index) => standingBlock(standing, index === 0)),
      ...(more > 0
        ? [smallLine([own`and ${counted(more, own`more server`, own`more servers`)} with other answers`])]
        : []),
    ],
    id: objectId === undefined ? [] : longValue(own`Your Entra object id, which decides`, [objectId]),
    hint: smallLine([own`Who may do what stands in the configuration of this bot. Its owner changes it.`]),
  });
}
