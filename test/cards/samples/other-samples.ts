import { type ClosedState, closedCard } from '../../../cards/closed-card.ts';
import type { Notice } from '../../../cards/notice.ts';
import { noticeCard } from '../../../cards/notice-card.ts';
import { type ServerState, serversCard } from '../../../cards/servers-card.ts';
import { at, changeOf, type Made, names, type Outside, token, view } from '../sample-ground.ts';

export function others(o: Outside): readonly Made[] {
  const closings: readonly ClosedState[] = [
    { kind: 'declined', by: o.second },
    { kind: 'withdrawn', by: o.person },
    { kind: 'expired', validMinutes: 60 },
    { kind: 'stale' },
    { kind: 'superseded' },
    { kind: 'taken-over', by: o.second },
  ];
  const states: readonly ServerState[] = [
    'healthy',
    'limit-too-low',
    'raised-not-active',
    'not-readable',
    'not-read',
    'service-down',
    'raised-still-failing',
    'file-refused',
    'not-wsus',
    'unclear',
    'change-running',
  ];
  const rows = states.slice(0, o.many === 2 ? 7 : 11).map((state, index) => ({
    server: index === 0 ? o.server : `${o.server.slice(0, 60)}-${index}`,
    state,
    ...(index < 3 && { limit: 400 * (index + 1), readAt: at('02:16:00') }),
    check: token,
  }));
  const manyRows = o.many > 2 ? [...rows, ...rows, ...rows] : rows;
  const approvers = names(o.second, o.many);
  const notices: readonly Notice[] = [
    { kind: 'already-running', server: o.server },
    { kind: 'not-approver', approvers },
    { kind: 'may-not-decline', approvers },
    { kind: 'may-not-check', approvers },
    { kind: 'button-unknown' },
    { kind: 'choose-first' },
    { kind: 'store-away', why: 'full', again: 'press' },
    { kind: 'reading-broke-off', server: o.server },
    { kind: 'stopping-to-check', server: o.server },
    { kind: 'checked-no-more', server: o.server },
  ];
  return [
    ...closings.map(
      (state): Made => [
        `closed-${state.kind}`,
        closedCard({ view, change: changeOf(o), state, at: at('02:30:00'), askedBy: o.person, again: token }),
      ],
    ),
    ['servers', serversCard({ view, rows: manyRows })],
    [
      'servers-healthy',
      serversCard({ view, rows: [{ server: o.server, state: 'healthy', limit: 800, check: token }] }),
    ],
    ['servers-none', serversCard({ view, rows: [] })],
    ...notices.map((notice): Made => [`notice-${notice.kind}`, noticeCard(notice)]),
  ];
}
