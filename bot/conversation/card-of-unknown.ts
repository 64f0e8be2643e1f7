import type { Card } from '../../cards/card.ts';
import type { LostView } from '../../cards/lost-words.ts';
import { unknownCard } from '../../cards/unknown-card.ts';
import { type Change, consentOf, decisionOf } from '../changes/change.ts';
import { findChange } from '../store/read-change.ts';
import type { Audience } from './card-of-change.ts';
import { cardOfClosed } from './card-of-closed.ts';
import { changeViewOf, peopleOf, stepViewsOf } from './change-view.ts';
import { type Desk, serverNamed, tokenFor, viewOf } from './desk.ts';

/** The card of a change whose end nobody saw: the question to a person, or the answer that it got. */
export const cardOfUnknown = async (desk: Desk, change: Change, audience: Audience): Promise<Card> => {
  const lost = lostIn(change);
  const freed = decisionOf(change, 'unlocked');
  if (freed !== undefined) {
    const state = { kind: 'unlocked', lost, by: freed.person.name, reason: freed.reason ?? '' } as const;
    return cardOfClosed(desk, change, audience, state, freed.at);
  }
  const wayBack =
    change.answeredBy === undefined ? undefined : await findChange(desk.database, change.answeredBy);
  if (wayBack !== undefined) {
    const show = await tokenFor(desk, audience.where, { kind: 'show-change', changeId: wayBack.id });
    const by = { number: wayBack.number, people: peopleOf(wayBack), show };
    return cardOfClosed(
      desk,
      change,
      audience,
      { kind: 'answered', lost, by },
      consentOf(wayBack).at(-1)?.at,
    );
  }
  const button = (kind: 'look-again' | 'restore' | 'take-over') =>
    tokenFor(desk, audience.where, { kind, changeId: change.id });
  return unknownCard({
    view: viewOf(desk, audience.zone),
    change: changeViewOf(change),
    since: change.endedAt ?? desk.now(),
    ...lost,
    steps: stepViewsOf(change),
    port: serverNamed(desk, change.server)?.port ?? 5985,
    people: peopleOf(change),
    lookAgain: await button('look-again'),
    ...(canRestore(change) ? { restore: await button('restore') } : {}),
    takeOver: await button('take-over'),
  });
};

const canRestore = ({ kind, result }: Change): boolean =>
  kind === 'raise' && result?.kind === 'unknown' && (result.file === 'after' || result.file === 'not-seen');

const lostIn = (change: Change): LostView => {
  const { result } = change;
  if (result?.kind !== 'unknown') throw new Error(`change ${change.id} is unknown without a reason`);
  const during = change.steps.find((step) => step.name === result.at)?.name ?? 'read';
  return { why: whyLost(result), during };
};

const whyLost = ({
  file,
  seenAt,
  wayBackFailed,
  reason,
}: Extract<Change['result'], { kind: 'unknown' }>): LostView['why'] => {
  // Only a server that never answered is silent; one that answered may still be at work.
  if (file === 'not-seen') return seenAt === null ? 'silent' : 'restart-not-seen';
  if (wayBackFailed) return 'way-back-failed';
  if (file === 'other') return 'foreign-file';
  return reason.code === 'bot-stopped' ? 'bot-restarted' : 'restart-not-seen';
};
