import { own } from '../../cards/own-text.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Change } from '../changes/change.ts';
import type { ServerConfig } from '../config.ts';
import { judge } from '../diagnosis/verdict.ts';
import { changeUnderWay, findChange, lockOn } from '../store/read-change.ts';
import type { Reply } from './chat.ts';
import { checkServer, findAnswer } from './check-server.ts';
import { confirmed } from './confirmed.ts';
import { type Desk, serverNamed, type Turn } from './desk.ts';
import { lockNotice } from './lock-notice.ts';
import { proposeRestart, proposeRollBack } from './propose-change.ts';
import { putAnswer } from './put-answer.ts';
import { readingOf, readServer } from './read-server.ts';
import { refuse } from './refuse.ts';
import { pressShowState } from './show-state.ts';

/** Roll back, and Restore of an unknown change: a new plan with its own approval, as a message of its own. */
export const pressRollBack = async (desk: Desk, turn: Turn, changeId: string): Promise<Reply> => {
  const change = await findChange(desk.database, changeId);
  const server = change === undefined ? undefined : serverNamed(desk, change.server);
  if (change === undefined || server === undefined) return refuse({ kind: 'button-unknown' });
  // An unknown change that has its answer, whose old card still offers Restore.
  if (change.state === 'unknown' && !change.holdsLock) return pressShowState(desk, turn, changeId);
  const lock = await lockOn(desk.database, change.server);
  // A change of unknown state may be answered by the way back of its own.
  if (lock !== undefined && !(lock.kind === 'held' && lock.change.id === changeId)) {
    return refuse(await lockNotice(desk, turn, change.server));
  }
  const plan = await proposeRollBack(desk, turn, server, change);
  if (plan === undefined) return refuse({ kind: 'button-unknown' });
  return {
    message: own`The plan for the way back follows as a message of its own. Nothing is changed until it is approved.`,
    afterwards: async () => {
      const reading = readingOf(desk, turn, server);
      const posted = await confirmed(desk.chat, turn.where, () => desk.chat.post(turn.where, reading));
      await putAnswer(desk, turn, server, posted, async () => plan);
    },
  };
};

/** Plan the restart: reads again, and proposes it only if that is still what the server needs. */
export const pressPlanRestart = async (desk: Desk, turn: Turn, name: string): Promise<Reply> => {
  const server = serverNamed(desk, name);
  if (server === undefined) return checkServer(desk, turn, name);
  return readServer(
    desk,
    turn,
    server,
    async (signal) =>
      (await planRestart(desk, turn, server, signal)) ?? (await findAnswer(desk, turn, server, signal)),
  );
};

const planRestart = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  signal: AbortSignal,
): Promise<Change | undefined> => {
  const connection = desk.server(server.name);
  if (connection === undefined) return undefined;
  if ((await changeUnderWay(desk.database, server.name)) !== undefined) return undefined;
  try {
    const report = await connection.report({ deadline: desk.readDeadline, signal });
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
