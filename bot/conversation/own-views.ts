import type { Card } from '../../cards/card.ts';
import type { Change } from '../changes/change.ts';
import type { Place } from '../changes/place.ts';
import { type PersonalChat, personalChats } from '../store/people.ts';
import type { Action } from '../store/tokens.ts';
import { approverChats } from './approver-chats.ts';
import { type Desk, serverNamed, tokenFor } from './desk.ts';

/** The clients of so many people take part (Universal Actions, `refresh.userIds`); the others have Review. */
const mostPeople = 60;

type View = Extract<Action, { kind: 'view' | 'view-batch' }>;

/**
 * In a chat of several, where a card has the same buttons for all: those who may decide on these plans, and who asked for them, get
 * the card with their own. Nobody depends on it: a client that does not ask has the button Review.
 */
export const withOwnViews = async (
  desk: Desk,
  where: Place,
  plans: readonly Change[],
  view: View,
  card: Card,
): Promise<Card> => {
  if (where.kind === 'personal') return card;
  const chats = await chatsOf(desk, plans);
  if (chats.length === 0) return card;
  const token = await tokenFor(desk, where, view);
  return { ...card, ownViews: { token, addresses: chats.map((chat) => chat.where.address) } };
};

/** Who asked comes first, then those who may approve all of them, as far as they ever wrote to the bot themselves. */
const chatsOf = async (desk: Desk, plans: readonly Change[]): Promise<PersonalChat[]> => {
  const requesters = new Set(plans.map(({ requester }) => requester.aadObjectId.toLowerCase()));
  const own = (await personalChats(desk.database)).filter(({ personId }) => requesters.has(personId));
  const policies = plans.flatMap(({ server }) => serverNamed(desk, server)?.policy ?? []);
  const others = await approverChats(desk, policies);
  return [...new Map([...own, ...others].map((chat) => [chat.personId, chat])).values()].slice(0, mostPeople);
};
