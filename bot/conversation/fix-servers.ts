import { batchReadingCard } from '../../cards/batch-reading-card.ts';
import type { Notice } from '../../cards/notice.ts';
import { noticeCard } from '../../cards/notice-card.ts';
import type { LeftOut } from '../changes/batch.ts';
import type { PostedCard } from '../changes/place.ts';
import type { ServerConfig } from '../config.ts';
import { proposeBatch } from '../store/propose-batch.ts';
import { findBatch } from '../store/read-batch.ts';
import { StoreError } from '../store/store-error.ts';
import { noticeOf as storeNotice } from './answer-without-store.ts';
import { atMost } from './at-most.ts';
import type { Reply } from './chat.ts';
import { askWhichServer, checkServer } from './check-server.ts';
import { type Desk, serverNamed, type Turn, viewOf } from './desk.ts';
import { parseFix } from './fix-command.ts';
import { findPlan, isPlan } from './plan-for-batch.ts';
import { putBatch } from './put-batch.ts';
import { noticeOf, rightsOf } from './rights.ts';

/** How many servers one approval may cover, and how many are read at the same moment. */
const mostServers = 50;
const readAtOnce = 8;

/** `fix wsus01 wsus02`, `fix branches parallel 2`: plans the change for those that need it, with one approval for all. */
export const fixServers = async (desk: Desk, turn: Turn, words: string): Promise<Reply> => {
  const command = parseFix(words);
  if (command === undefined) return { card: noticeCard({ kind: 'fix-how' }) };
  const found = new Map<string, ServerConfig>();
  for (const name of command.names) {
    const named = serversNamed(desk, name);
    if (named.length === 0) return { card: await askWhichServer(desk, turn, name) };
    for (const server of named) found.set(server.name, server);
  }
  return fixThese(desk, turn, [...found.values()], command.parallel);
};

/** The same for servers that are known, in this order. */
export const fixThese = async (
  desk: Desk,
  turn: Turn,
  servers: readonly ServerConfig[],
  parallel: number,
): Promise<Reply> => {
  const [first] = servers;
  if (first === undefined) return { card: noticeCard({ kind: 'fix-how' }) };
  if (servers.length === 1) return checkServer(desk, turn, first.name);
  if (servers.length > mostServers) {
    return { card: noticeCard({ kind: 'fix-too-many', asked: servers.length, most: mostServers }) };
  }
  const { allowed, refusal } = await whereAllowed(desk, turn, servers);
  if (allowed.size === 0 && refusal !== undefined) return { card: noticeCard(refusal) };
  const view = viewOf(desk, turn.zone);
  return {
    card: batchReadingCard({ view, servers: allowed.size, startedAt: desk.now() }),
    afterwards: (posted) => planAll(desk, turn, servers, allowed, parallel, posted),
  };
};

/** A server by its name, or all of a group. */
const serversNamed = (desk: Desk, name: string): ServerConfig[] => {
  const server = serverNamed(desk, name);
  if (server !== undefined) return [server];
  const group = desk.config.groups.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
  return (group?.servers ?? []).flatMap((member) => serverNamed(desk, member) ?? []);
};

/** On which of the servers this person may ask for a change, and why not on the first of the others. */
const whereAllowed = async (
  desk: Desk,
  turn: Turn,
  servers: readonly ServerConfig[],
): Promise<{ allowed: ReadonlySet<string>; refusal: Notice | undefined }> => {
  const allowed = new Set<string>();
  let refusal: Notice | undefined;
  for (const { name, policy } of servers) {
    const { request } = await rightsOf(desk, policy, turn.who.aadObjectId);
    if (request.may) allowed.add(name);
    else refusal ??= noticeOf(desk, turn, request);
  }
  return { allowed, refusal };
};

const planAll = async (
  desk: Desk,
  turn: Turn,
  servers: readonly ServerConfig[],
  allowed: ReadonlySet<string>,
  parallel: number,
  posted: PostedCard,
): Promise<void> => {
  try {
    const found = await atMost(readAtOnce, servers, async (server) =>
      allowed.has(server.name)
        ? findPlan(desk, turn, server)
        : ({ server: server.name, why: 'not-allowed' } satisfies LeftOut),
    );
    const plans = found.filter(isPlan);
    const leftOut = found.flatMap((entry) => (isPlan(entry) ? [] : entry));
    if (plans.length === 0) {
      return await desk.chat.replace(posted, noticeCard({ kind: 'nothing-to-fix', leftOut }));
    }
    const id = desk.randomId();
    const proposed = await proposeBatch(
      desk.database,
      { id, requester: turn.who, createdAt: desk.now(), parallel: Math.min(parallel, plans.length), leftOut },
      plans,
    );
    if (proposed.kind === 'new') for (const changeId of proposed.superseded) desk.onMoved(changeId);
    const batch = await findBatch(desk.database, proposed.kind === 'same' ? proposed.id : id);
    if (batch === undefined) throw new Error(`planning a batch: ${id} is not in the store`);
    await putBatch(desk, turn, batch, posted, proposed.kind === 'new');
  } catch (error) {
    // Else the card would say for ever that it reads.
    desk.onTrouble(`planning the change on ${servers.length} servers`, error);
    await desk.chat.replace(
      posted,
      noticeCard(error instanceof StoreError ? storeNotice(error, 'write') : { kind: 'reading-broke-off' }),
    );
  }
};
