import { own, verbatim } from '../../cards/own-text.ts';
import { inputIds } from '../../cards/press.ts';
import type { Policy } from '../changes/policy.ts';
import type { Runtime } from '../changes/runtime.ts';
import { rememberPerson } from '../store/people.ts';
import { findChange } from '../store/read-change.ts';
import { type Action, findAction } from '../store/tokens.ts';
import { pressOnBatch } from './answer-batch.ts';
import type { Inbound, Reply } from './chat.ts';
import { askWhichServer, checkServer, type Sent } from './check-server.ts';
import { confirmed } from './confirmed.ts';
import { type Desk, serverNamed, type Turn } from './desk.ts';
import { greet, takeLeave } from './greet.ts';
import { hearMessage } from './hear-message.ts';
import { listServers } from './list-servers.ts';
import { pressApprove, pressBreakGlass, pressDecline, pressReview } from './press-approve.ts';
import { pressPlanRestart, pressRollBack } from './press-plan.ts';
import { pressTellAgain } from './press-tell-again.ts';
import { pressLookAgain, pressTakeOver } from './press-unknown.ts';
import { refuse } from './refuse.ts';
import { noticeOf, rightsOf } from './rights.ts';
import { showHelp } from './show-help.ts';
import { showHistory } from './show-history.ts';
import { showLocks } from './show-locks.ts';
import { currentCard, pressShowState } from './show-state.ts';
import { pressStopReading } from './stop-reading.ts';

/** The answer to everything a person says or presses. Comes back quickly: what takes time is in `afterwards`. */
export const answer = async (desk: Desk, runtime: Runtime, inbound: Inbound): Promise<Reply> => {
  const turn: Turn = {
    who: inbound.who,
    where: inbound.where,
    zone: inbound.where.kind === 'personal' ? (inbound.zone ?? 'UTC') : 'UTC',
  };
  if (inbound.kind !== 'removed' && inbound.where.kind === 'personal' && turn.who.aadObjectId !== '') {
    await rememberPerson(
      desk.database,
      turn.who.aadObjectId.toLowerCase(),
      turn.where,
      turn.zone,
      desk.now(),
    );
  }
  switch (inbound.kind) {
    case 'installed':
      return greet(desk, turn, inbound.installation);
    case 'removed':
      return takeLeave(desk, turn, inbound.installation);
    case 'message':
      return hearMessage(desk, turn, inbound);
    case 'press': {
      const action = await findAction(desk.database, inbound.token, turn.where.conversationId);
      if (action === undefined) return refuse({ kind: 'button-unknown' });
      const refusal = await mayNotPress(desk, turn, action);
      if (refusal !== undefined) return refusal;
      return press(desk, turn, runtime, action, inbound.inputs);
    }
  }
};

/** Presses that have a server read, a change planned or a check stopped, which not everybody may. */
const requests = new Set<Action['kind']>([
  'check',
  'check-chosen',
  'servers',
  'plan-restart',
  'look-again',
  'roll-back',
  'restore',
  'stop-reading',
]);

const mayNotPress = async (desk: Desk, turn: Turn, action: Action): Promise<Reply | undefined> => {
  if (!requests.has(action.kind) || isOwnReading(action, turn)) return undefined;
  const { request } = await rightsOf(desk, await policyFor(desk, action), turn.who.aadObjectId);
  // A line of text: a card would take the place of the pressed one for everybody.
  return request.may ? undefined : refuse(noticeOf(desk, turn, request));
};

/** A file, which is read in its sender's own chat, or a check for who asked for it. */
const isOwnReading = (action: Action, { who }: Turn): boolean =>
  action.kind === 'stop-reading' && (action.server === undefined || action.askedBy === who.aadObjectId);

const policyFor = async (desk: Desk, action: Action): Promise<Policy> => {
  const server =
    'changeId' in action
      ? (await findChange(desk.database, action.changeId))?.server
      : 'server' in action
        ? action.server
        : undefined;
  return (server == null ? undefined : serverNamed(desk, server)?.policy) ?? desk.config.policy;
};

const press = async (
  desk: Desk,
  turn: Turn,
  runtime: Runtime,
  action: Action,
  inputs: Readonly<Record<string, string>>,
): Promise<Reply> => {
  switch (action.kind) {
    case 'check':
      return action.here
        ? checkServer(desk, turn, action.server, action)
        : checkBelow(desk, turn, action.server, action);
    case 'check-chosen': {
      const chosen = inputs[inputIds.server] ?? '';
      return chosen === '' ? refuse({ kind: 'choose-first' }) : checkBelow(desk, turn, chosen, action);
    }
    case 'which-server':
      return below(desk, turn, { card: await askWhichServer(desk, turn, undefined) });
    case 'servers':
      return below(desk, turn, await listServers(desk, turn));
    case 'help':
      return below(desk, turn, await showHelp(desk, turn));
    case 'locks':
      return below(desk, turn, await showLocks(desk, turn));
    case 'history':
      return showHistory(desk, turn, action.server ?? undefined, action.before ?? undefined);
    case 'show-change':
      return below(desk, turn, await currentCard(desk, turn, action.changeId));
    case 'open-change':
      return { ...(await currentCard(desk, turn, action.changeId)), privately: true };
    case 'view':
      return { ...(await currentCard(desk, turn, action.changeId)), privately: true };
    case 'command':
      return { message: verbatim(action.command) };
    case 'stop-reading':
      return pressStopReading(desk, action);
    case 'plan-restart':
      return action.here
        ? pressPlanRestart(desk, turn, action.server)
        : below(desk, turn, await pressPlanRestart(desk, turn, action.server));
    case 'approve':
      return pressApprove(desk, turn, action.changeId, inputs);
    case 'break-glass':
      return pressBreakGlass(desk, turn, action.changeId, inputs);
    case 'decline':
      return pressDecline(desk, turn, action.changeId);
    case 'review':
      return pressReview(desk, turn, action.changeId);
    case 'tell-again':
      return pressTellAgain(desk, turn, action.changeId);
    case 'show-state':
      return pressShowState(desk, turn, action.changeId);
    case 'roll-back':
    case 'restore':
      return pressRollBack(desk, turn, action.changeId);
    case 'look-again':
      return pressLookAgain(desk, turn, action.changeId, runtime);
    case 'take-over':
      return pressTakeOver(desk, turn, action.changeId);
    case 'retry-batch':
      return below(desk, turn, await pressOnBatch(desk, turn, action, inputs));
    case 'approve-batch':
    case 'break-glass-batch':
    case 'decline-batch':
    case 'review-batch':
    case 'show-batch':
    case 'view-batch':
      return pressOnBatch(desk, turn, action, inputs);
  }
};

/** The check's answer as a message of its own: the pressed card keeps what it says. */
const checkBelow = async (desk: Desk, turn: Turn, name: string, sent: Sent): Promise<Reply> =>
  below(desk, turn, await checkServer(desk, turn, name, sent));

/** A reply that is posted as a new message instead of taking the pressed card's place. */
const below = (desk: Desk, turn: Turn, reply: Reply): Reply => {
  const { card, afterwards } = reply;
  if (card === undefined) return reply;
  return {
    message: own`The answer follows as a message of its own.`,
    afterwards: async () => {
      const posted = await confirmed(desk.chat, turn.where, () => desk.chat.post(turn.where, card));
      await afterwards?.(posted);
    },
  };
};
