import { noticeCard } from '../../cards/notice-card.ts';
import { beginNotifying, endNotifying, notifiedPlaces } from '../store/notified.ts';
import type { Inbound, Reply } from './chat.ts';
import { type Desk, namesOf, type Turn, viewOf } from './desk.ts';
import { refuseWordsOnRecord } from './refuse.ts';
import { noticeOf, rightsOf } from './rights.ts';

type Message = Extract<Inbound, { kind: 'message' }>;

/** `notify here`: this chat or channel is told of changes from now on, by an approver's word. */
export const notifyHere = async (desk: Desk, turn: Turn, message: Message): Promise<Reply> => {
  const refusal = await mayNotNotify(desk, turn);
  if (refusal !== undefined) return refusal;
  const begun = await beginNotifying(desk.database, {
    where: message.top,
    installation: message.installation,
    zone: turn.zone,
    by: turn.who,
    since: desk.now(),
  });
  if (begun) return { card: noticeCard({ kind: 'notify-on' }) };
  const before = (await notifiedPlaces(desk.database)).find(({ where }) => isHere(turn, where));
  const { by, since } = before ?? { by: turn.who, since: desk.now() };
  return {
    card: noticeCard({ kind: 'notify-on-already', view: viewOf(desk, turn.zone), by: by.name, since }),
  };
};

/** `notify off`: the end of it, by an approver's word. */
export const notifyOff = async (desk: Desk, turn: Turn): Promise<Reply> => {
  const refusal = await mayNotNotify(desk, turn);
  if (refusal !== undefined) return refusal;
  const ended = await endNotifying(desk.database, turn.where.conversationId, turn.who, desk.now());
  return { card: noticeCard({ kind: ended ? 'notify-off' : 'notify-off-already' }) };
};

/** `notify`: which chats and channels are told of changes, and who wanted it so. */
export const showNotified = async (desk: Desk, turn: Turn): Promise<Reply> => {
  const places = await notifiedPlaces(desk.database);
  return {
    card: noticeCard({
      kind: 'notified',
      view: viewOf(desk, turn.zone),
      places: places.map(({ where, by, since }) => ({
        kind: where.kind,
        isHere: isHere(turn, where),
        by: by.name,
        since,
      })),
    }),
  };
};

const isHere = (turn: Turn, { conversationId }: Turn['where']): boolean =>
  conversationId === turn.where.conversationId;

const mayNotNotify = async (desk: Desk, turn: Turn): Promise<Reply | undefined> => {
  const { decide } = await rightsOf(desk, desk.config.policy, turn.who.aadObjectId);
  if (decide.may) return undefined;
  const about = { server: null, changeId: null };
  return refuseWordsOnRecord(
    desk,
    turn,
    about,
    'notify',
    decide.rule === 'not-approver'
      ? { kind: 'may-not-notify', approvers: namesOf(decide.approvers) }
      : noticeOf(desk, turn, decide),
  );
};
