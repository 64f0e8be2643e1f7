import { RemoteError } from '../../remote/remote-error.ts';
import type { Change } from '../changes/change.ts';
import { mayRequest } from '../changes/may.ts';
import { judge } from '../diagnosis/verdict.ts';
import { changeUnderWay, findChange } from '../store/read-change.ts';
import type { Reply } from './chat.ts';
import { answerCheck, checkServer, mayNotCheck, readerOf, readingOf } from './check-server.ts';
import { type Desk, namesOf, serverNamed, type Turn } from './desk.ts';
import { proposeRestart, proposeRollBack } from './propose-change.ts';
import { refuse } from './refuse.ts';
import { showChangeOn } from './show-change.ts';
import { tellApprovers } from './tell-approvers.ts';

/** Roll back, and Restore of an unknown change: a new plan with its own approval, as a message of its own. */
export const pressRollBack = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => {
  const change = await findChange(desk.database, changeId);
  const server = change === undefined ? undefined : serverNamed(desk, change.server);
  if (change === undefined || server === undefined) return refuse({ kind: 'button-unknown' });
  if (!mayRequest(desk.config, turn.who)) {
    return refuse({ kind: 'may-not-check', approvers: namesOf(desk.config.approvers) });
  }
  if ((await changeUnderWay(desk.database, change.server)) !== undefined) {
    return refuse({ kind: 'already-running', server: change.server });
  }
  const plan = await proposeRollBack(desk, turn, change);
  if (plan === undefined) return refuse({ kind: 'button-unknown' });
  return {
    message:
      'The plan for the way back follows as a message of its own. Nothing is changed until it is approved.',
    afterwards: async () => {
      const posted = await desk.chat.post(turn.where, readingOf(desk, turn, server));
      await showChangeOn(desk, plan.id, posted, readerOf(turn, server), turn.zone);
      await tellApprovers(desk, turn, server, plan);
    },
  };
};

/** Plan the restart: reads again, and proposes it only if that is still what the server needs. */
export const pressPlanRestart = async (desk: Desk, turn: Turn, name: string): Promise<Reply> => {
  const refusal = mayNotCheck(desk, turn);
  if (refusal !== undefined) return { card: refusal };
  const server = serverNamed(desk, name);
  if (server === undefined) return checkServer(desk, turn, name);
  return {
    card: readingOf(desk, turn, server),
    afterwards: async (posted) => {
      const plan = await planRestart(desk, turn, name);
      if (plan === undefined) return answerCheck(desk, turn, server, posted);
      await showChangeOn(desk, plan.id, posted, readerOf(turn, server), turn.zone);
      await tellApprovers(desk, turn, server, plan);
    },
  };
};

const planRestart = async (desk: Desk, turn: Turn, name: string): Promise<Change | undefined> => {
  const server = serverNamed(desk, name);
  const connection = desk.server(name);
  if (server === undefined || connection === undefined) return undefined;
  if ((await changeUnderWay(desk.database, name)) !== undefined) return undefined;
  try {
    const report = await connection.report({ deadline: desk.readDeadline });
    const verdict = judge(report);
    return verdict.kind === 'raised-not-active'
      ? proposeRestart(desk, turn, server, report, verdict)
      : undefined;
  } catch (error) {
    // The check that follows meets the same trouble and has the card for it.
    if (error instanceof RemoteError) return undefined;
    throw error;
  }
};
