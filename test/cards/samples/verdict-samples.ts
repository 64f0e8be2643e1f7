import { fileRefusedCard } from '../../../cards/file-refused-card.ts';
import { healthyCard } from '../../../cards/healthy-card.ts';
import { notActiveCard } from '../../../cards/not-active-card.ts';
import { notTheCauseCard } from '../../../cards/not-the-cause-card.ts';
import { notWsusCard } from '../../../cards/not-wsus-card.ts';
import { type RemoteErrorKind, remoteErrorCard } from '../../../cards/remote-error-card.ts';
import { remoteErrorWords } from '../../../cards/remote-error-words.ts';
import { serviceDownCard } from '../../../cards/service-down-card.ts';
import { stillFailingCard } from '../../../cards/still-failing-card.ts';
import { unclearCard } from '../../../cards/unclear-card.ts';
import {
  at,
  evidenceOf,
  flooded,
  interruptionOf,
  type Made,
  type Outside,
  overgrown,
  rootCauseOf,
  token,
  unreadOf,
  usual,
  view,
  wayOf,
  yesterday,
} from '../sample-ground.ts';

export function verdicts(o: Outside): readonly Made[] {
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
      'not-the-cause',
      notTheCauseCard({
        ...common,
        rootCause: rootCauseOf(o, { longestList: 212 }),
        about: 'other-cached-update-ids',
        limit: 400,
        cachedLimit: 22000,
        logUnread: false,
        checkAlone: token,
      }),
    ],
    [
      'not-the-cause-flood',
      notTheCauseCard({
        ...common,
        rootCause: rootCauseOf(o, { ...flooded, longestList: 212 }),
        about: 'test-detectoid-flood',
        limit: 400,
        cachedLimit: 22000,
        logUnread: true,
        checkAlone: token,
      }),
    ],
    [
      'not-the-cause-no-flood',
      notTheCauseCard({
        ...common,
        rootCause: rootCauseOf(o, { longestList: 212 }),
        about: 'test-detectoid-flood',
        limit: 400,
        logUnread: false,
        checkAlone: token,
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
