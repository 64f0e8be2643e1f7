import { type ServerRow, type ServerState, serversCard } from '../../cards/servers-card.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { PostedCard } from '../changes/place.ts';
import type { ServerConfig } from '../config.ts';
import { judge, type Verdict } from '../diagnosis/verdict.ts';
import { changeUnderWay } from '../store/read-change.ts';
import { atMost } from './at-most.ts';
import type { Reply } from './chat.ts';
import { mayNotCheck } from './check-server.ts';
import { type Desk, type Turn, tokenFor, viewOf } from './desk.ts';

type Known = Omit<ServerRow, 'server' | 'check'>;

/** How many servers are read at the same moment. */
const atOnce = 8;

/** `servers`: all servers at once as a list, then with what each of them answered. Reading changes no setting. */
export const listServers = async (desk: Desk, turn: Turn): Promise<Reply> => {
  const refusal = await mayNotCheck(desk, turn);
  if (refusal !== undefined) return { card: refusal };
  const rows = await Promise.all(
    desk.config.servers.map(async ({ name }) => ({
      server: name,
      check: await tokenFor(desk, turn.where, { kind: 'check', server: name, here: false }),
    })),
  );
  const cardWith = (known: ReadonlyMap<string, Known>) =>
    serversCard({
      view: viewOf(desk, turn.zone),
      rows: rows.map((row): ServerRow => ({ ...row, ...(known.get(row.server) ?? { state: 'not-read' }) })),
    });
  return {
    card: cardWith(new Map()),
    afterwards: (posted) => readAll(desk, posted, cardWith),
  };
};

const readAll = async (
  desk: Desk,
  posted: PostedCard,
  cardWith: (known: ReadonlyMap<string, Known>) => Parameters<Desk['chat']['replace']>[1],
): Promise<void> => {
  const known = new Map<string, Known>();
  await atMost(atOnce, desk.config.servers, async (server) => {
    known.set(server.name, await stateOf(desk, server));
  });
  await desk.chat.replace(posted, cardWith(known));
};

const stateOf = async (desk: Desk, server: ServerConfig): Promise<Known> => {
  if ((await changeUnderWay(desk.database, server.name)) !== undefined) return { state: 'change-running' };
  try {
    const report = await desk.server(server.name)?.report({ deadline: desk.readDeadline, brief: true });
    if (report === undefined) return { state: 'not-readable' };
    return { ...rowOf(judge(report)), readAt: new Date(report.readAt) };
  } catch (error) {
    if (error instanceof RemoteError) return { state: 'not-readable' };
    throw error;
  }
};

const rowOf = (verdict: Verdict): { state: ServerState; limit?: number } => ({
  state: verdict.kind,
  ...('limit' in verdict && verdict.limit !== null ? { limit: verdict.limit.current } : {}),
});
