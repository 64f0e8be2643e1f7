import { explanationView } from '../../../bot/conversation/explanation-of.ts';
import { diagnose } from '../../../bot/diagnosis/diagnose.ts';
import { answerInWindow, diagnoseFormCard } from '../../../cards/diagnose-window.ts';
import { noFaultCard } from '../../../cards/no-fault-card.ts';
import { readingCard } from '../../../cards/reading-card.ts';
import { welcomeCard } from '../../../cards/welcome-card.ts';
import { whichServerCard } from '../../../cards/which-server-card.ts';
import { at, type Made, names, type Outside, token, usual, view } from '../sample-ground.ts';

const nothing = explanationView(diagnose('good morning'));

export function talk(o: Outside): readonly Made[] {
  const servers = names(o.server, o.many * 5);
  const aside = noFaultCard({ kind: 'no-fault-in-log', explanation: nothing, lines: 1, servers: [] });
  return [
    [
      'welcome',
      welcomeCard({
        person: o.person,
        role: { kind: 'reader', approvers: names(o.second, o.many) },
        servers,
        check: token,
        allServers: token,
      }),
    ],
    [
      'welcome-approver',
      welcomeCard({
        role: { kind: 'approver' },
        servers: servers.slice(0, 1),
        check: token,
        allServers: token,
      }),
    ],
    [
      'welcome-none',
      welcomeCard({
        person: o.person,
        role: { kind: 'none', approvers: [] },
        servers: [],
        check: token,
        allServers: token,
      }),
    ],
    [
      'no-fault',
      noFaultCard({
        kind: 'no-fault-in-log',
        explanation: nothing,
        lines: 1,
        servers,
        check: token,
        help: token,
      }),
    ],
    [
      'small-talk',
      noFaultCard({
        kind: 'small-talk',
        explanation: nothing,
        lines: 1,
        servers: [],
        check: token,
        help: token,
      }),
    ],
    ['diagnose-form', diagnoseFormCard()],
    ['no-fault-aside', aside],
    ['diagnose-window', answerInWindow(aside, o.logLine)],
    ['which-server', whichServerCard({ servers, check: token })],
    [
      'unknown-server',
      whichServerCard({
        asked: o === usual ? 'wsus99' : o.text,
        nearest: { server: o.server, token },
        servers,
        check: token,
      }),
    ],
    ['empty-inventory', whichServerCard({ servers: [], check: token })],
    [
      'reading',
      readingCard({
        view,
        server: o.server,
        startedAt: at('02:14:02'),
        port: 5985,
        endpoint: o === usual ? 'WsusBot' : o.text,
        steps: [
          { step: 'sign-in', state: 'done', milliseconds: 420 },
          { step: 'endpoint', state: 'done', milliseconds: 1_240 },
          { step: 'report', state: 'now', milliseconds: 3_000 },
          { step: 'judge', state: 'later' },
        ],
      }),
    ],
    [
      'reading-one-step',
      readingCard({
        view,
        server: o.server,
        startedAt: at('02:14:02'),
        port: 5985,
        endpoint: 'WsusBot',
        steps: [{ step: 'report', state: 'now' }],
        stop: token,
      }),
    ],
  ];
}
