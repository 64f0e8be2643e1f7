import type { ApprovalsView } from '../../cards/approval-view.ts';
import { batchProgressCard } from '../../cards/batch-progress-card.ts';
import { type BatchReader, batchProposalCard } from '../../cards/batch-proposal-card.ts';
import { batchReadingCard } from '../../cards/batch-reading-card.ts';
import type { BatchPlanView, BatchRowView, LeftOutView } from '../../cards/batch-view.ts';
import type { PeopleView } from '../../cards/change-view.ts';
import { type ClosedState, closedCard } from '../../cards/closed-card.ts';
import type { FreezeView } from '../../cards/freeze-view.ts';
import { frozenCard } from '../../cards/frozen-card.ts';
import { glassBrokenCard } from '../../cards/glass-broken-card.ts';
import { historyCard } from '../../cards/history-card.ts';
import type { HistoryRow, HistoryState } from '../../cards/history-view.ts';
import type { LockHolderView } from '../../cards/lock-view.ts';
import { locksCard } from '../../cards/locks-card.ts';
import type { Notice } from '../../cards/notice.ts';
import { noticeCard } from '../../cards/notice-card.ts';
import type { PlanView } from '../../cards/plan-view.ts';
import type { PolicyView } from '../../cards/policy-view.ts';
import { proposalCard } from '../../cards/proposal-card.ts';
import { queuedCard, type WaitsFor } from '../../cards/queued-card.ts';
import { runningCard } from '../../cards/running-card.ts';
import { succeededCard } from '../../cards/succeeded-card.ts';
import { unknownCard } from '../../cards/unknown-card.ts';
import { waitingCard } from '../../cards/waiting-card.ts';
import { whoamiCard } from '../../cards/whoami-card.ts';
import type { WindowView } from '../../cards/window-view.ts';
import {
  allDone,
  at,
  changeOf,
  edit,
  type Made,
  mendingOf,
  names,
  type Outside,
  planOf,
  proofsOf,
  runningSteps,
  times,
  token,
  usual,
  view,
} from './sample-ground.ts';

const window: WindowView = {
  from: new Date('2026-11-29T01:00:00Z'),
  to: new Date('2026-11-29T03:00:00Z'),
  zone: 'Europe/Berlin',
};
const policy: PolicyView = {
  approvals: 2,
  fourEyes: true,
  windows: [{ days: ['sunday'], from: '02:00', to: '04:00', zone: 'Europe/Berlin' }],
};
const reasonOf = (o: Outside) =>
  o === usual ? 'All clients of the plant stopped scanning and the audit is at six.' : `${o.text} ${o.text}`;

const votesOf = (o: Outside, count: number): ApprovalsView['votes'] =>
  times(count, (index) => ({ by: index === 0 ? o.second : o.person, at: at(`02:${20 + index}:30`) }));

const governed = (o: Outside, change: Partial<PlanView> = {}): PlanView => {
  const plan = planOf(o);
  return {
    ...plan,
    number: 1042,
    approvals: { needed: 2, votes: [] },
    start: { kind: 'in-window', window },
    details: { ...plan.details, module: '5ac0ffee'.repeat(8), policy },
    ...change,
  };
};

const freezes = (o: Outside): readonly FreezeView[] => [
  {
    kind: 'person',
    by: o.second,
    reason: o === usual ? 'Month-end closing, no restarts' : reasonOf(o),
    since: at('01:12:00'),
  },
  { kind: 'file', file: o === usual ? 'data/freeze' : o.path, reason: reasonOf(o), since: at('01:12:00') },
  { kind: 'file-unread', file: o === usual ? 'data/freeze' : o.path },
];

const peopleOf = (o: Outside): PeopleView => ({
  askedBy: o.person,
  approvals: votesOf(o, o.many === 2 ? 2 : 5),
});
const aloneOf = (o: Outside): PeopleView => ({
  askedBy: o.person,
  brokeGlass: { by: o.second, at: at('02:20:30'), reason: reasonOf(o) },
});

function proposals(o: Outside): readonly Made[] {
  const propose = (plan: PlanView, breakGlass = true) =>
    proposalCard({ view, plan, approve: token, decline: token, ...(breakGlass && { breakGlass: token }) });
  const first = governed(o, { approvals: { needed: 2, votes: votesOf(o, 1) } });
  const wait = (reader: 'requester' | 'reader' | 'voted', plan: PlanView) =>
    waitingCard({
      view,
      plan,
      reader,
      approvers: names(o.second, o.many),
      toldAt: at('02:14:00'),
      ...(reader === 'requester' && { withdraw: token, tellAgain: token, breakGlass: token }),
    });
  const queue = (waitsFor: WaitsFor) =>
    queuedCard({
      view,
      plan: governed(o, { approvals: { needed: 2, votes: votesOf(o, 2) } }),
      waitsFor,
      withdraw: token,
      showState: token,
      breakGlass: token,
    });
  const [frozen] = freezes(o);
  return [
    ['proposal-two-approvals', propose(governed(o))],
    ['proposal-one-of-two', propose(first, false)],
    [
      'proposal-not-before',
      propose(governed(o, { approvals: { needed: 1, votes: [] }, start: { kind: 'not-before', window } })),
    ],
    ['proposal-two-at-once', propose(governed(o, { start: { kind: 'at-once' } }))],
    ['waiting-requester-governed', wait('requester', governed(o))],
    ['waiting-voted', wait('voted', first)],
    ['waiting-reader-governed', wait('reader', first)],
    ['queued-window', queue({ kind: 'window', window })],
    ['queued-turn', queue({ kind: 'turn', before: 2 })],
    ['queued-lock', queue({ kind: 'lock', holder: holderOf(o, 'unknown') })],
    ['queued-worker', queue({ kind: 'worker' })],
    ['queued-next', queue({ kind: 'turn', before: 0 })],
    ...(frozen === undefined ? [] : [['queued-thaw', queue({ kind: 'thaw', freeze: frozen })] as const]),
    [
      'glass-broken',
      glassBrokenCard({
        view,
        plan: governed(o),
        brokeGlass: { by: o.second, at: at('02:20:30'), reason: reasonOf(o) },
        showState: token,
      }),
    ],
    [
      'glass-broken-batch',
      glassBrokenCard({
        view,
        plan: governed(o),
        servers: o.many + 1,
        brokeGlass: { by: o.second, at: at('02:20:30'), reason: reasonOf(o) },
        showState: token,
      }),
    ],
  ];
}

function courses(o: Outside): readonly Made[] {
  const change = changeOf(o, { number: 1042 });
  const run = (people: PeopleView) =>
    runningCard({ view, change, startedAt: at('02:21:03'), steps: runningSteps, people, showState: token });
  const succeed = (people: PeopleView, started: number) =>
    succeededCard({
      view,
      change,
      startedAt: at('02:21:02'),
      endedAt: at('02:22:00'),
      proofs: [
        ...proofsOf(o).slice(0, 2),
        {
          kind: 'service-answers',
          status: 200,
          milliseconds: 210,
          pool: o.pool,
          poolState: started === 2 ? 'Started' : o.text,
          sites: { started, all: 2 },
        },
      ],
      people,
      steps: allDone,
      checkAgain: token,
      rollBack: token,
    });
  const lost = { why: 'silent', during: 'restart' } as const;
  const closings: readonly (readonly [string, ClosedState])[] = [
    ['withdrawn-approved', { kind: 'withdrawn', by: o.person, approved: true }],
    ['stale-module', { kind: 'stale', why: 'module' }],
    ['stale-policy', { kind: 'stale', why: 'policy' }],
    ['stale-approval', { kind: 'stale', why: 'approval', who: o.second }],
    ['expired-approved', { kind: 'expired', validMinutes: 120, approved: true }],
    ['answered', { kind: 'answered', lost, by: { number: 1043, people: peopleOf(o), show: token } }],
    ['answered-alone', { kind: 'answered', lost, by: { number: 1043, people: aloneOf(o), show: token } }],
    ['unlocked', { kind: 'unlocked', lost, by: o.second, reason: reasonOf(o) }],
    ['cancelled', { kind: 'cancelled', after: o.server }],
    ['cancelled-bare', { kind: 'cancelled' }],
  ];
  return [
    ['running-two-approvals', run(peopleOf(o))],
    ['running-alone', run(aloneOf(o))],
    ['succeeded-two-approvals', succeed(peopleOf(o), 2)],
    ['succeeded-alone', succeed(aloneOf(o), 1)],
    [
      'unknown-left-different',
      unknownCard({
        view,
        change,
        since: at('02:21:20'),
        during: 'write',
        steps: [...allDone.slice(0, 2), { step: 'write', state: 'not-known', startedAt: at('02:21:06') }],
        why: 'foreign-file',
        port: 5985,
        leftDifferent: mendingOf(o),
        people: peopleOf(o),
        lookAgain: token,
        takeOver: token,
      }),
    ],
    ...closings.map(
      ([name, state]): Made => [
        `closed-${name}`,
        closedCard({
          view,
          change,
          state,
          at: at('02:30:00'),
          askedBy: o.person,
          approvedBy: peopleOf(o).approvals?.map(({ by }) => by) ?? [],
          again: token,
        }),
      ],
    ),
  ];
}

function records(o: Outside): readonly Made[] {
  const states: readonly HistoryState[] = [
    'succeeded',
    'expired',
    'failed-restored',
    'stale',
    'unknown',
    'open',
    'queued',
    'running',
    'failed',
    'declined',
    'withdrawn',
    'superseded',
    'cancelled',
    'taken-over',
    'answered',
    'unlocked',
  ];
  const rowOf = (state: HistoryState, index: number): HistoryRow => ({
    change: changeOf(o, { number: 1042 - index, work: { kind: 'raise', edits: [edit] } }),
    state,
    at: new Date(at('02:21:00').getTime() - index * 40 * 3_600_000),
    askedBy: o.person,
    approvedBy: index % 2 === 0 ? names(o.second, o.many) : [],
    ...(index === 3 && { brokeGlass: o.second }),
    ...(index === 0 && { took: 58_000 }),
    open: token,
  });
  const pageOf = (from: number) =>
    states.slice(from, from + 5).map((state, index) => rowOf(state, from + index));
  const lastYear = pageOf(0).map((row, index) => ({
    ...row,
    at: new Date(row.at.getTime() - index * 200 * 24 * 3_600_000),
  }));
  const page = (
    from: number,
    chain: Parameters<typeof historyCard>[0]['chain'],
    rows = pageOf(from),
    server = true,
  ) =>
    historyCard({
      view,
      ...(server && { server: o.server }),
      rows,
      before: from,
      total: 15,
      chain,
      check: token,
      ...(from < 10 && { older: token }),
      ...(from > 0 && { newer: token }),
    });
  const done = rowOf('succeeded', 0);
  return [
    ['history', page(0, { kind: 'intact' })],
    ['history-page-2', page(5, { kind: 'not-checked' })],
    ['history-page-3', page(10, { kind: 'broken', entry: 17 })],
    ['history-years', page(0, { kind: 'intact' }, lastYear)],
    ['history-all-servers', page(0, { kind: 'intact' }, pageOf(0), false)],
    [
      'history-unreadable',
      historyCard({
        view,
        server: o.server,
        rows: pageOf(0).slice(1, 3),
        before: 0,
        total: 12,
        unreadable: times(o.many, (index) => 1042 - index),
        chain: { kind: 'broken', entry: 17 },
        check: token,
        older: token,
      }),
    ],
    [
      'history-one',
      historyCard({
        view,
        server: o.server,
        rows: [{ ...done, change: { ...done.change, work: { kind: 'restart', value: 800 } } }],
        before: 0,
        total: 1,
        chain: { kind: 'intact' },
      }),
    ],
    [
      'history-none',
      historyCard({
        view,
        server: o.server,
        rows: [],
        before: 0,
        total: 0,
        chain: { kind: 'intact' },
        check: token,
      }),
    ],
  ];
}

const holderOf = (o: Outside, state: LockHolderView['state']): LockHolderView => ({
  change: changeOf(o, { number: 1042, work: { kind: 'raise', edits: [edit] } }),
  state,
  since: at('02:20:30'),
  askedBy: o.person,
  approvedBy: state === 'running' ? [] : names(o.second, o.many),
  ...(state === 'running' && { brokeGlass: o.second }),
});

function locks(o: Outside): readonly Made[] {
  const [byPerson, byFile] = freezes(o);
  const row = (state: LockHolderView['state']) => ({
    server: o.server,
    holder: holderOf(o, state),
    open: token,
  });
  const many = o.many === 2 ? [] : times(20, () => row('unknown'));
  return [
    [
      'locks',
      locksCard({
        view,
        rows: [row('running'), row('unknown'), { server: o.server }, ...many],
        again: token,
      }),
    ],
    ['locks-one', locksCard({ view, rows: [row('approved')], again: token })],
    ['locks-none', locksCard({ view, rows: [] })],
    [
      'locks-frozen',
      locksCard({ view, rows: [row('unknown')], ...(byPerson && { freeze: byPerson }), again: token }),
    ],
    ['locks-frozen-by-file', locksCard({ view, rows: [], ...(byFile && { freeze: byFile }), again: token })],
    ...freezes(o).map(
      (freeze, index): Made => [
        `frozen-${freeze.kind}`,
        frozenCard({ view, freeze, waiting: index, running: index, locks: token }),
      ],
    ),
  ];
}

function standings(o: Outside): readonly Made[] {
  const yes = { may: true, because: 'everyone' } as const;
  const no = { may: false, because: 'not-listed', instead: names(o.second, o.many) } as const;
  const unread = { may: false, because: 'directory-unread' } as const;
  const simple: PolicyView = { approvals: 1, fourEyes: false, windows: [] };
  const mixed = {
    servers: names(o.server, o.many),
    ask: yes,
    approve: { may: true, because: 'group', group: o === usual ? 'WSUS admins' : o.text },
    breakGlass: no,
    policy,
  } as const;
  const id = '7f3a91c2-77de-4b7e-9a55-1c2b7d6f2a55';
  return [
    ['whoami', whoamiCard({ person: o.person, objectId: id, standings: [mixed] })],
    [
      'whoami-differs',
      whoamiCard({
        person: o.person,
        objectId: id,
        standings: [
          mixed,
          { servers: [o.server], ask: yes, approve: no, breakGlass: no, policy: simple },
          {
            servers: [o.server],
            ask: yes,
            approve: unread,
            breakGlass: { may: true, because: 'listed' },
            policy: simple,
          },
          ...times(o.many - 2, () => mixed),
        ],
      }),
    ],
    [
      'whoami-nobody',
      whoamiCard({
        standings: times(1, () => ({
          servers: [o.server],
          ask: { may: false, because: 'no-identity' } as const,
          approve: { may: false, because: 'not-listed', instead: [] } as const,
          breakGlass: { may: false, because: 'no-identity' } as const,
          policy: simple,
        })),
      }),
    ],
    ['whoami-empty', whoamiCard({ person: o.person, objectId: id, standings: [] })],
  ];
}

function batches(o: Outside): readonly Made[] {
  const count = o.many === 2 ? 3 : o.many * 2;
  const serverNames = names(o.server, count).map((name, index) => (o === usual ? `wsus0${index + 1}` : name));
  const plansOf = (list: readonly string[], differ = false): readonly BatchPlanView[] =>
    list.map((server, index) => ({
      change: changeOf(o, {
        server,
        number: 1042 + index,
        work: { kind: 'raise', edits: [{ ...edit, from: differ && index === 1 ? 500 : 400 }] },
      }),
      ...(index !== 2 && { sites: index + 1 }),
    }));
  const leftOut: readonly LeftOutView[] = [
    { server: o === usual ? 'wsus04' : o.server, why: 'healthy' },
    { server: o === usual ? 'wsus05' : o.server, why: 'changed-since' },
    ...times(o.many - 2, () => ({ server: o.server, why: 'not-readable' }) as const),
  ];
  const readers: readonly BatchReader[] = [
    { kind: 'approver', approve: token, decline: token },
    { kind: 'requester', withdraw: token },
    { kind: 'reader' },
    { kind: 'voted' },
    { kind: 'everybody', review: token },
  ];
  const propose = (reader: BatchReader, plans = plansOf(serverNames), change = {}) =>
    batchProposalCard({
      view,
      plans,
      leftOut,
      parallel: 1,
      askedBy: o.person,
      askedAt: at('02:14:00'),
      validUntil: at('03:14:00'),
      reader,
      approvers: names(o.second, o.many),
      ...(reader.kind !== 'reader' && { breakGlass: token }),
      ...change,
    });
  const [approver] = readers as readonly [BatchReader];
  const twenty = times(24, (index) => `wsus${index + 1}`);
  return [
    ...readers.map((reader): Made => [`batch-${reader.kind}`, propose(reader)]),
    ['batch-one', propose(approver, plansOf(serverNames.slice(0, 1)), { leftOut: [] })],
    [
      'batch-differs',
      propose(approver, plansOf(serverNames, true), {
        parallel: 2,
        approvals: { needed: 2, votes: votesOf(o, 1) },
        start: { kind: 'in-window', window },
      }),
    ],
    ['batch-many', propose(approver, plansOf(o === usual ? twenty : serverNames))],
    ...progress(o, o === usual ? ['wsus01', 'wsus02', 'wsus03', 'wsus04'] : serverNames, twenty),
  ];
}

function progress(o: Outside, few: readonly string[], many: readonly string[]): readonly Made[] {
  const rowsOf = (
    list: readonly string[],
    states: readonly BatchRowView['state'][],
  ): readonly BatchRowView[] =>
    list.map((server, index) => {
      const state = states[Math.min(index, states.length - 1)] ?? 'waits';
      const ended = state === 'done' || state === 'failed';
      return {
        change: changeOf(o, { server, number: 1042 + index }),
        state,
        ...(state === 'running' && { step: 'restart' as const }),
        ...(ended && { took: 58_000 + index * 1000 }),
        ...((state === 'failed' || state === 'unknown') && { reason: o.text }),
      };
    });
  const [freeze] = freezes(o);
  const show = (rows: readonly BatchRowView[], ended: boolean, people = peopleOf(o), change = {}) =>
    batchProgressCard({
      view,
      rows,
      ...(rows.some(({ state }) => state !== 'waits') && { startedAt: at('02:16:02') }),
      ...(ended && { endedAt: at('02:21:00'), retry: token }),
      people,
      showState: token,
      ...change,
    });
  const waiting = (waitsFor: WaitsFor) =>
    show(rowsOf(few, ['waits']), false, peopleOf(o), { waitsFor, withdraw: token, breakGlass: token });
  return [
    ['batch-reading', batchReadingCard({ view, servers: few.length, startedAt: at('02:14:00') })],
    ['batch-waits-window', waiting({ kind: 'window', window })],
    ...(freeze === undefined ? [] : [['batch-waits-thaw', waiting({ kind: 'thaw', freeze })] as const]),
    [
      'batch-running-withdraw',
      show(rowsOf(few, ['done', 'running', 'waits']), false, peopleOf(o), { withdraw: token }),
    ],
    ['batch-running', show(rowsOf(few, ['done', 'running', 'waits']), false)],
    ['batch-running-two', show(rowsOf(few, ['running', 'running', 'waits']), false, aloneOf(o))],
    ['batch-done', show(rowsOf(few, ['done']), true)],
    ['batch-failed', show(rowsOf(few, ['done', 'failed', 'not-started']), true)],
    ['batch-unknown', show(rowsOf(few, ['done', 'unknown', 'not-started']), true)],
    ['batch-cancelled', show(rowsOf(few, ['done', 'not-started']), true)],
    [
      'batch-many-running',
      show(
        rowsOf(o === usual ? many : few, ['done', 'done', 'failed', 'done', 'done', 'running', 'waits']),
        false,
      ),
    ],
    [
      'batch-many-failed',
      show(rowsOf(o === usual ? many : few, ['done', 'done', 'done', 'failed', 'not-started']), true),
    ],
  ];
}

function notices(o: Outside): readonly Made[] {
  const approvers = names(o.second, o.many);
  const [freeze = { kind: 'file-unread', file: o.path } as const, byFile = freeze, unreadFile = freeze] =
    freezes(o);
  const list: readonly (readonly [string, Notice])[] = [
    ['not-approver', { kind: 'not-approver', approvers }],
    ['not-requester', { kind: 'not-requester', requesters: approvers }],
    ['four-eyes', { kind: 'four-eyes', approvers }],
    ['already-approved', { kind: 'already-approved', view, at: at('02:20:30'), votes: 1, needed: 2 }],
    ['already-approved-all', { kind: 'already-approved', view, at: at('02:20:30'), votes: 2, needed: 2 }],
    ['approved-by-others', { kind: 'approved-by-others', view, votes: votesOf(o, o.many === 2 ? 2 : 5) }],
    ['variant-differs', { kind: 'variant-differs', by: o.second, withSecondKey: true }],
    ['told-lately', { kind: 'told-lately', view, at: at('02:14:00'), again: at('02:29:00') }],
    ['nobody-to-tell', { kind: 'nobody-to-tell' }],
    ['window-closed', { kind: 'window-closed', view, next: window }],
    ['policy-moved', { kind: 'policy-moved' }],
    ['no-identity', { kind: 'no-identity' }],
    ['directory-unread', { kind: 'directory-unread' }],
    ['not-break-glass', { kind: 'not-break-glass', members: approvers }],
    ['reason-too-short', { kind: 'reason-too-short' }],
    ['fix-how', { kind: 'fix-how' }],
    ['answer-unsure', { kind: 'answer-unsure' }],
    ['answer-too-long', { kind: 'answer-too-long' }],
    ['fix-too-many', { kind: 'fix-too-many', asked: 60, most: 50 }],
    [
      'nothing-to-fix',
      {
        kind: 'nothing-to-fix',
        leftOut: [
          { server: o.server, why: 'healthy' },
          ...times(o.many * 2, () => ({ server: o.server, why: 'not-active' }) as const),
        ],
      },
    ],
    ['reading-broke-off-batch', { kind: 'reading-broke-off' }],
    ['reason-too-long', { kind: 'reason-too-long' }],
    ['locked-running', { kind: 'locked', view, holder: holderOf(o, 'running') }],
    ['locked-unknown', { kind: 'locked', view, holder: holderOf(o, 'unknown') }],
    ['lock-unreadable', { kind: 'lock-unreadable', server: o.server }],
    ['may-not-unlock', { kind: 'may-not-unlock', server: o.server, approvers }],
    ['nothing-locked', { kind: 'nothing-locked', server: o.server }],
    ['running-cannot-unlock', { kind: 'running-cannot-unlock', view, holder: holderOf(o, 'running') }],
    ['unlock-how', { kind: 'unlock-how' }],
    [
      'unlocked',
      {
        kind: 'unlocked',
        view,
        server: o.server,
        number: 1042,
        by: o.second,
        at: at('02:20:30'),
        reason: reasonOf(o),
      },
    ],
    ['frozen', { kind: 'frozen', view, freeze }],
    ['frozen-unread', { kind: 'frozen', view, freeze: unreadFile }],
    ['already-frozen', { kind: 'already-frozen', view, freeze }],
    ['may-not-freeze', { kind: 'may-not-freeze', approvers }],
    ['nothing-frozen', { kind: 'nothing-frozen' }],
    ['frozen-by-file', { kind: 'frozen-by-file', view, freeze: byFile }],
    ['freeze-how', { kind: 'freeze-how' }],
    ['thawed', { kind: 'thawed', view, by: o.second, at: at('02:20:30'), waiting: 2 }],
    ['thawed-none', { kind: 'thawed', view, by: o.second, at: at('02:20:30'), waiting: 0 }],
    ['arrived', { kind: 'arrived' }],
    ['edited-command', { kind: 'edited-command' }],
    ['may-not-notify', { kind: 'may-not-notify', approvers }],
    ['notify-on', { kind: 'notify-on' }],
    ['notify-on-already', { kind: 'notify-on-already', view, by: o.second, since: at('02:20:30') }],
    ['notify-off', { kind: 'notify-off' }],
    ['notify-off-already', { kind: 'notify-off-already' }],
    ['notified-nowhere', { kind: 'notified', view, places: [] }],
    [
      'notified',
      {
        kind: 'notified',
        view,
        places: (['channel', 'group', 'personal'] as const).flatMap((kind, index) =>
          Array.from({ length: o.many }, (_, count) => ({
            kind,
            isHere: index + count === 0,
            by: o.second,
            since: at('02:20:30'),
          })),
        ),
      },
    ],
    ['store-away', { kind: 'store-away', why: 'away', again: 'press' }],
  ];
  return list.map(([name, notice]): Made => [`notice-${name}`, noticeCard(notice)]);
}

/** The cards of approvals by several people, locks, batches and the record. */
export function changeBoard(o: Outside): readonly Made[] {
  return [
    ...proposals(o),
    ...courses(o),
    ...records(o),
    ...locks(o),
    ...standings(o),
    ...batches(o),
    ...notices(o),
  ];
}
