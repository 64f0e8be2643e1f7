import type { ChangeStepView, ChangeView } from '../../cards/change-view.ts';
import { type ClosedState, closedCard } from '../../cards/closed-card.ts';
import { type DiagnosisNext, diagnosisCard } from '../../cards/diagnosis-card.ts';
import { type FailedState, failedCard } from '../../cards/failed-card.ts';
import { fileRefusedCard } from '../../cards/file-refused-card.ts';
import { healthyCard } from '../../cards/healthy-card.ts';
import { type LookAlikeKind, lookAlikeCard } from '../../cards/look-alike-card.ts';
import { noFaultCard } from '../../cards/no-fault-card.ts';
import { notActiveCard } from '../../cards/not-active-card.ts';
import { notEnoughEvidenceCard } from '../../cards/not-enough-evidence-card.ts';
import { notWsusCard } from '../../cards/not-wsus-card.ts';
import type { Notice } from '../../cards/notice.ts';
import { noticeCard } from '../../cards/notice-card.ts';
import type { PlanView } from '../../cards/plan-view.ts';
import { proposalCard } from '../../cards/proposal-card.ts';
import { readingCard } from '../../cards/reading-card.ts';
import { type RemoteErrorKind, remoteErrorCard } from '../../cards/remote-error-card.ts';
import { remoteErrorWords } from '../../cards/remote-error-words.ts';
import { runningCard } from '../../cards/running-card.ts';
import { type ServerState, serversCard } from '../../cards/servers-card.ts';
import { serviceDownCard } from '../../cards/service-down-card.ts';
import { stillFailingCard } from '../../cards/still-failing-card.ts';
import { succeededCard } from '../../cards/succeeded-card.ts';
import { unclearCard } from '../../cards/unclear-card.ts';
import { unknownCard } from '../../cards/unknown-card.ts';
import { waitingCard } from '../../cards/waiting-card.ts';
import { welcomeCard } from '../../cards/welcome-card.ts';
import { whichServerCard } from '../../cards/which-server-card.ts';
import { changeBoard } from './change-board-samples.ts';
import { aboutFiles } from './file-samples.ts';
import {
  allDone,
  at,
  changeOf,
  done,
  edit,
  evidenceOf,
  evil,
  flooded,
  interruptionOf,
  long,
  type Made,
  mendingOf,
  names,
  type Outside,
  overgrown,
  peopleOf,
  planOf,
  proofsOf,
  rootCauseOf,
  runningSteps,
  type Sample,
  secondEdit,
  seenOf,
  sitesOf,
  token,
  unreadOf,
  usual,
  view,
  wayOf,
  yesterday,
} from './sample-ground.ts';

function diagnoses(o: Outside): readonly Made[] {
  const make = (next: DiagnosisNext, isExample = false) =>
    diagnosisCard({ view, isExample, evidence: evidenceOf(o), faultLines: 412, seen: seenOf(o), next });
  const bare = diagnosisCard({
    view,
    isExample: false,
    evidence: [{ text: o.clientLine }],
    faultLines: 1,
    seen: {
      servers: [{ name: o.host, inInventory: false }],
      clients: 1,
      count: 1,
      first: { asLogged: '2026-11-25 04:03:11' },
    },
    next: { kind: 'not-in-inventory' },
  });
  const checks = names(o.server, 3).map((server) => ({ server, token }));
  return [
    ['diagnosis-check', make({ kind: 'check', checks: checks.slice(0, 1) })],
    ['diagnosis-reading', make({ kind: 'reading', server: o.server })],
    ['diagnosis-several', make({ kind: 'check', checks })],
    ['diagnosis-choose', make({ kind: 'choose', servers: names(o.server, o.many * 5), token })],
    ['diagnosis-example', make({ kind: 'choose', servers: names(o.server, 3), token }, true)],
    ['diagnosis-not-in-inventory', bare],
    ['diagnosis-may-not-check', make({ kind: 'may-not-check', askFor: names(o.second, o.many) })],
  ];
}

function lookAlikes(o: Outside): readonly Made[] {
  const kinds: readonly LookAlikeKind[] = [
    'other-cached-update-ids',
    'simple-auth',
    'other-invalid-parameters',
    'server-fault',
    'self-healing',
    'upstream-sync',
    'neighbour',
  ];
  return kinds.map(
    (kind, index): Made => [
      `look-alike-${kind}`,
      lookAlikeCard({
        view,
        kind,
        ...(kind === 'neighbour' && { hresult: 0x80244010 }),
        meaning: o === usual ? 'These clients remember more updates than the server accepts.' : o.text,
        steps: [
          o === usual ? 'Decline superseded updates. This shortens the lists for good.' : o.text,
          'Then check the server.',
        ],
        ...(index < 4 && {
          theirs:
            index === 1
              ? { method: 'SimpleAuthWebService/GetAuthorizationCookie' }
              : index === 3
                ? { errorCode: o === usual ? 'InternalServerError' : o.text }
                : { message: o === usual ? 'parameters.OtherCachedUpdateIDs' : `parameters.${o.text}` },
        }),
        evidence: evidenceOf(o),
        seen: seenOf(o),
        ...(kind === 'other-cached-update-ids' && {
          next: { kind: 'check', checks: [{ server: o.server, token }] } as const,
        }),
      }),
    ],
  );
}

function talk(o: Outside): readonly Made[] {
  const servers = names(o.server, o.many * 5);
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
      'not-enough-evidence',
      notEnoughEvidenceCard({
        evidence: [
          {
            source: 'WUAHandler.log',
            line: 1,
            text: o === usual ? 'Scan failed with error = 0x80244007.' : o.logLine,
          },
        ],
        lines: 1,
        quotesGeneralPage: false,
        checkServer: token,
        commandsAsText: token,
      }),
    ],
    [
      'not-enough-evidence-bare',
      notEnoughEvidenceCard({ evidence: [], lines: 20_411, quotesGeneralPage: true, commandsAsText: token }),
    ],
    ['no-fault', noFaultCard({ kind: 'no-fault-in-log', lines: 1, servers, check: token, help: token })],
    ['small-talk', noFaultCard({ kind: 'small-talk', lines: 1, servers: [], check: token, help: token })],
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
      }),
    ],
  ];
}

function plans(o: Outside): readonly Made[] {
  const propose = (plan: PlanView) => proposalCard({ view, plan, approve: token, decline: token });
  const { secondKey: _, ...single } = planOf(o);
  const rollBack = {
    ...single,
    work: { kind: 'roll-back', edits: [{ ...edit, from: 800, to: 400 }] },
    cause: { kind: 'roll-back' },
  } as const;
  const restart = {
    ...single,
    work: { kind: 'restart', value: 800 },
    cause: { kind: 'not-active', writtenAt: at('01:00:00'), startedAt: yesterday },
  } as const;
  const wait = (reader: 'requester' | 'reader' | 'everybody') =>
    waitingCard({
      view,
      plan: planOf(o),
      reader,
      approvers: names(o.second, o.many),
      withdraw: token,
      review: token,
    });
  return [
    ['proposal', propose(planOf(o))],
    [
      'proposal-limit-only',
      propose({ ...single, cause: { kind: 'limit-only' }, sites: sitesOf(o).slice(0, 1) }),
    ],
    [
      'proposal-log-unread',
      propose({ ...single, cause: { kind: 'limit-only', logUnread: true }, sites: [] }),
    ],
    ['proposal-agentless', propose(planOf(o, { way: wayOf(o, 'agentless') }))],
    ['proposal-flood', propose(planOf(o, { rootCause: rootCauseOf(o, flooded) }))],
    [
      'plan-after-interruption',
      propose(planOf(o, { way: wayOf(o, 'endpoint', 'differs'), interruption: interruptionOf(o) })),
    ],
    ['proposal-recycle', propose(planOf(o, { activation: 'RecyclePool' }))],
    [
      'proposal-cached-updates',
      propose({
        ...single,
        work: { kind: 'raise', edits: [secondEdit] },
        cause: { kind: 'refused', clients: 0 },
      }),
    ],
    ['proposal-roll-back', propose(rollBack)],
    ['proposal-restart', propose(restart)],
    ['waiting-requester', wait('requester')],
    ['waiting-reader', wait('reader')],
    ['waiting-everybody', wait('everybody')],
  ];
}

function changes(o: Outside): readonly Made[] {
  const common = {
    view,
    startedAt: at('02:21:02'),
    endedAt: at('02:22:00'),
    people: peopleOf(o),
    checkAgain: token,
  };
  const succeed = (change: ChangeView, proofs = proofsOf(o)) =>
    succeededCard({
      ...common,
      change,
      proofs,
      steps: allDone,
      backup: o === usual ? 'WsusBot-1042' : o.text,
      rollBack: token,
    });
  const fail = (state: FailedState, steps: readonly ChangeStepView[], change = changeOf(o)) =>
    failedCard({
      ...common,
      change,
      steps,
      reason: o.text,
      remedy: 'Look at the rights on web.config and its folder.',
      state,
    });
  const failedAt = (step: ChangeStepView['step']): ChangeStepView => ({
    ...done(step, 40),
    state: 'failed',
    reason: o.text,
  });
  const rollBack = changeOf(o, { work: { kind: 'roll-back', edits: [{ ...edit, from: 800, to: 400 }] } });
  const back = [
    ...allDone.slice(0, 5),
    failedAt('wait'),
    done('undo-write', 150),
    done('undo-restart', 160),
    done('undo-verify', 170),
  ];
  const unknown = (
    why: 'silent' | 'foreign-file' | 'restart-not-seen' | 'bot-restarted' | 'way-back-failed',
  ) =>
    unknownCard({
      view,
      change: changeOf(o),
      since: at('02:21:20'),
      during: 'restart',
      steps: [...allDone.slice(0, 4), { step: 'restart', state: 'not-known', startedAt: at('02:21:06') }],
      why,
      port: 5985,
      backup: o === usual ? 'WsusBot-1042' : o.text,
      people: peopleOf(o),
      lookAgain: token,
      ...(why !== 'foreign-file' && { restore: token }),
      takeOver: token,
    });
  return [
    [
      'running',
      runningCard({
        view,
        change: changeOf(o),
        startedAt: at('02:21:03'),
        steps: runningSteps,
        people: peopleOf(o),
        showState: token,
      }),
    ],
    [
      'running-back',
      runningCard({
        view,
        change: rollBack,
        startedAt: at('02:21:03'),
        steps: runningSteps,
        people: { askedBy: o.person },
        showState: token,
      }),
    ],
    ['succeeded', succeed(changeOf(o))],
    [
      'succeeded-partly',
      succeededCard({
        ...common,
        change: changeOf(o),
        proofs: [...proofsOf(o).slice(1), { kind: 'not-possible', proof: 'restart-seen', reason: o.text }],
        steps: [],
        leftDifferent: [o.text, ...mendingOf(o)],
        commandAsText: token,
      }),
    ],
    [
      'rolled-back',
      succeed(rollBack, [
        { kind: 'file-as-before', sha256: '9f2c41d7a0b83e55'.repeat(4) },
        ...proofsOf(o).slice(1),
      ]),
    ],
    ['restarted', succeed(changeOf(o, { work: { kind: 'restart', value: 800 } }), proofsOf(o).slice(1))],
    [
      'failed-left-different',
      failedCard({
        ...common,
        change: changeOf(o),
        steps: back,
        reason: o.text,
        state: { kind: 'restored', limit: 400, serviceAnswers: true },
        leftDifferent: mendingOf(o),
        commandAsText: token,
      }),
    ],
    ['failed-unchanged', fail({ kind: 'unchanged' }, [done('read', 0), failedAt('backup')])],
    ['failed-restored', fail({ kind: 'restored', limit: 400, serviceAnswers: true }, back)],
    [
      'failed-written',
      fail({ kind: 'written', limit: 800, serviceAnswers: 'not-known' }, [
        ...allDone.slice(0, 5),
        failedAt('wait'),
      ]),
    ],
    [
      'failed-not-restarted',
      fail({ kind: 'not-restarted', limit: 800 }, [
        done('read', 0),
        done('backup', 1),
        done('write', 2),
        failedAt('restart'),
      ]),
    ],
    ['unknown', unknown('silent')],
    ['unknown-foreign-file', unknown('foreign-file')],
    ['unknown-restart-not-seen', unknown('restart-not-seen')],
    ['unknown-bot-restarted', unknown('bot-restarted')],
    ['unknown-way-back-failed', unknown('way-back-failed')],
  ];
}

function verdicts(o: Outside): readonly Made[] {
  const common = {
    view,
    server: o.server,
    readAt: at('02:16:03'),
    way: wayOf(o),
    checkAgain: token,
    commandAsText: token,
  };
  const rootCause = rootCauseOf(o);
  const unread = { updates: null, longestList: null, cached: null, unread: unreadOf(o) };
  const errors = Object.keys(remoteErrorWords) as readonly RemoteErrorKind[];
  return [
    [
      'healthy',
      healthyCard({
        ...common,
        limit: 800,
        file: o.path,
        line: 24,
        startedAt: yesterday,
        writtenAt: yesterday,
        serviceStatus: 200,
        serviceMilliseconds: 210.4,
      }),
    ],
    [
      'healthy-interrupted',
      healthyCard({
        ...common,
        way: wayOf(o, 'agentless'),
        limit: 800,
        file: o.path,
        interruption: interruptionOf(o, { file: 'before' }),
      }),
    ],
    [
      'healthy-restart-interrupted',
      healthyCard({
        ...common,
        way: wayOf(o, 'endpoint', 'differs'),
        rootCause: rootCauseOf(o, { updates: { ...overgrown, supersededNotDeclined: 0 }, longestList: 212 }),
        limit: 800,
        file: '',
        interruption: interruptionOf(o, { what: 'restart', leftDifferent: [] }),
      }),
    ],
    ['healthy-idle', healthyCard({ ...common, limit: 800, file: '' })],
    [
      'not-active',
      notActiveCard({
        ...common,
        limit: 800,
        writtenAt: at('01:00:00'),
        startedAt: yesterday,
        planRestart: token,
        rootCause,
      }),
    ],
    [
      'not-active-unread',
      notActiveCard({
        ...common,
        limit: 800,
        writtenAt: at('01:00:00'),
        planRestart: token,
        rootCause: unread,
      }),
    ],
    [
      'still-failing-flood',
      stillFailingCard({
        ...common,
        rootCause: rootCauseOf(o, flooded),
        limit: 800,
        clients: 1,
        count: 1,
        evidence: [],
      }),
    ],
    [
      'still-failing',
      stillFailingCard({
        ...common,
        rootCause,
        limit: 800,
        clients: 3,
        count: 9,
        last: { at: at('02:03:00') },
        evidence: evidenceOf(o),
      }),
    ],
    [
      'service-down',
      serviceDownCard({
        ...common,
        limit: 800,
        poolState: o === usual ? 'Stopped' : o.text,
        versionStatus: 503,
        getConfigStatus: 0,
      }),
    ],
    [
      'file-refused',
      fileRefusedCard({ ...common, reason: 'key-missing', file: o.path, clientsRefused: false }),
    ],
    [
      'file-refused-line',
      fileRefusedCard({
        ...common,
        reason: o.text,
        file: o.path,
        line: 24,
        lineText: o === usual ? '<add key="maxInstalledPrerequisites" value="0400"/>' : o.logLine,
        clientsRefused: true,
      }),
    ],
    [
      'file-refused-link',
      fileRefusedCard({ ...common, reason: 'not-a-plain-file', file: '', clientsRefused: false }),
    ],
    ...(['paths-disagree', 'ambiguous-site', 'application-missing', 'iis-tools-missing'] as const).map(
      (code): Made => [
        `unclear-${code}`,
        unclearCard({ ...common, unreadable: [{ part: 'file', code, reason: o.path }] }),
      ],
    ),
    [
      'not-wsus',
      notWsusCard({
        ...common,
        computer: o.host,
        os: o === usual ? 'Windows Server 2022 Datacenter' : o.text,
      }),
    ],
    [
      'unclear',
      unclearCard({
        ...common,
        unreadable: [
          { part: 'file', code: 'access-denied', reason: o.text },
          { part: 'pool', code: 'access-denied', reason: o.text },
        ],
      }),
    ],
    [
      'unclear-limit',
      unclearCard({
        ...common,
        limit: 400,
        unreadable: [{ part: 'health', code: 'not-readable', reason: o.text }],
      }),
    ],
    ...errors.map(
      (kind): Made => [
        `error-${kind}`,
        remoteErrorCard({
          view,
          kind,
          server: o.server,
          host: o.host,
          port: 5985,
          account: o.account,
          endpoint: o === usual ? 'WsusBot' : o.text,
          at: at('02:16:03'),
          answer: o === usual ? 'fault 5' : o.text,
          checkAgain: token,
          commandAsText: token,
        }),
      ],
    ),
  ];
}

function others(o: Outside): readonly Made[] {
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

function samplesOf(o: Outside): readonly Sample[] {
  return [
    ...talk(o),
    ...diagnoses(o),
    ...lookAlikes(o),
    ...plans(o),
    ...changes(o),
    ...verdicts(o),
    ...others(o),
    ...aboutFiles(o),
    ...changeBoard(o),
  ].map(([name, card]) => ({ name, card }));
}

/** Every card with everyday values, with hostile ones, and with the longest and most ones. */
export const samples = { usual: samplesOf(usual), evil: samplesOf(evil), long: samplesOf(long) } as const;
