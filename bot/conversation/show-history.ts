import { historyCard, historyPage } from '../../cards/history-card.ts';
import type { AuditChainView, HistoryRow, HistoryState } from '../../cards/history-view.ts';
import type { ChainState } from '../audit/chain-check.ts';
import { type Change, decisionOf } from '../changes/change.ts';
import { changesOf, type PastChange } from '../store/history.ts';
import { changeViewOf } from './change-view.ts';
import type { Reply } from './chat.ts';
import { askWhichServer, mayNotCheck } from './check-server.ts';
import { type Desk, serverNamed, type Turn, tokenFor, viewOf } from './desk.ts';

/** `history`, `history wsus01`, and Older: who asked, who approved, what became of it. */
export const showHistory = async (
  desk: Desk,
  turn: Turn,
  name: string | undefined,
  before?: number,
): Promise<Reply> => {
  const server = name === undefined ? undefined : serverNamed(desk, name);
  const refusal = await mayNotCheck(desk, turn, server?.policy);
  if (refusal !== undefined) return { card: refusal };
  if (name !== undefined && server === undefined) return { card: await askWhichServer(desk, turn, name) };
  const page = await changesOf(desk.database, {
    ...(server === undefined ? {} : { server: server.name }),
    ...(before === undefined ? {} : { before }),
    limit: historyPage,
  });
  const button = (from?: number) =>
    tokenFor(desk, turn.where, { kind: 'history', server: server?.name ?? null, before: from ?? null });
  return {
    card: historyCard({
      view: viewOf(desk, turn.zone),
      ...(server === undefined
        ? {}
        : {
            server: server.name,
            check: await tokenFor(desk, turn.where, { kind: 'check', server: server.name, here: false }),
          }),
      rows: await Promise.all(page.changes.map((past) => rowOf(desk, turn, past))),
      unreadable: page.unreadable,
      before: page.newer,
      total: page.total,
      chain: chainView(await desk.auditChain()),
      ...(page.older === undefined ? {} : { older: await button(page.older) }),
      ...(page.newer === 0 ? {} : { newer: await button() }),
    }),
  };
};

const chainView = (state: ChainState): AuditChainView => {
  if (state.intact) return { kind: 'intact' };
  const [finding] = state.findings;
  if (finding !== undefined && 'seq' in finding) return { kind: 'broken', entry: finding.seq };
  if (finding !== undefined && 'from' in finding) return { kind: 'broken', entry: finding.from };
  return { kind: 'broken' };
};

const rowOf = async (desk: Desk, turn: Turn, past: PastChange): Promise<HistoryRow> => ({
  change: changeViewOf(past.change),
  state: stateOf(past.change),
  at: past.at,
  askedBy: past.change.requester.name,
  approvedBy: past.approvedBy,
  ...(past.brokeGlass === undefined ? {} : { brokeGlass: past.brokeGlass }),
  ...(past.took === undefined ? {} : { took: past.took }),
  open: await tokenFor(desk, turn.where, { kind: 'show-change', changeId: past.change.id }),
});

const stateOf = (change: Change): HistoryState => {
  switch (change.state) {
    case 'proposed':
      return 'open';
    case 'approved':
      return 'running';
    case 'failed':
      return change.result?.kind === 'restored' ? 'failed-restored' : 'failed';
    case 'declined':
      return decisionOf(change, 'withdrawn') === undefined ? 'declined' : 'withdrawn';
    case 'unknown':
      if (decisionOf(change, 'unlocked') !== undefined) return 'unlocked';
      return change.answeredBy === undefined ? 'unknown' : 'answered';
    default:
      return change.state;
  }
};
