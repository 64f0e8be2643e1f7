import type { Card } from '../../cards/card.ts';
import { noticeCard } from '../../cards/notice-card.ts';
import { type RemoteErrorKind, remoteErrorCard, remoteErrorCommand } from '../../cards/remote-error-card.ts';
import { whichServerCard } from '../../cards/which-server-card.ts';
import type { Report } from '../../remote/contract.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Change } from '../changes/change.ts';
import type { Policy } from '../changes/policy.ts';
import type { ServerConfig } from '../config.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { judge, type Verdict } from '../diagnosis/verdict.ts';
import { nearestName } from '../nearest-name.ts';
import { changeUnderWay, lockOn } from '../store/read-change.ts';
import type { OtherCause } from '../store/tokens.ts';
import type { Reply } from './chat.ts';
import { type Desk, namesOf, serverNamed, type Turn, tokenFor, viewOf } from './desk.ts';
import { proposeRaise } from './propose-change.ts';
import { readServer, type ServerReading } from './read-server.ts';
import { noticeOf, rightsOf } from './rights.ts';
import { notTheCause, verdictCard } from './verdict-card.ts';

type LimitTooLow = Extract<Verdict, { kind: 'limit-too-low' }>;

/** What was sent before a check. */
export interface Sent {
  /** A text that concerns the server. */
  readonly log?: Diagnosis | undefined;
  /** It was about another cause: then a limit that refused nobody is no reason for an edit. */
  readonly about?: OtherCause | undefined;
}

/** `check`, `check wsus01`, or a Check button: says at once that it reads, then replaces that by the answer. */
export const checkServer = async (
  desk: Desk,
  turn: Turn,
  name: string | undefined,
  sent: Sent = {},
): Promise<Reply> => {
  const server = name === undefined ? undefined : serverNamed(desk, name);
  const refusal = await mayNotCheck(desk, turn, server?.policy);
  if (refusal !== undefined) return { card: refusal };
  if (server === undefined) return { card: await askWhichServer(desk, turn, name) };
  return readToJudge(desk, turn, server, sent);
};

/** The refusal for a person who may not have a server read, else undefined. */
export const mayNotCheck = async (
  desk: Desk,
  turn: Turn,
  policy: Policy = desk.config.policy,
): Promise<Card | undefined> => {
  const { request } = await rightsOf(desk, policy, turn.who.aadObjectId);
  return request.may ? undefined : noticeCard(noticeOf(desk, turn, request));
};

export const askWhichServer = async (desk: Desk, turn: Turn, asked: string | undefined): Promise<Card> => {
  const servers = namesOf(desk.config.servers);
  const nearest = asked === undefined ? undefined : nearestName(asked, servers);
  return whichServerCard({
    ...(asked === undefined ? {} : { asked }),
    ...(nearest === undefined
      ? {}
      : {
          nearest: {
            server: nearest,
            token: await tokenFor(desk, turn.where, { kind: 'check', server: nearest, here: true }),
          },
        }),
    servers,
    check: await tokenFor(desk, turn.where, { kind: 'check-chosen' }),
  });
};

/** Says that it reads the server, then replaces that by the answer. */
export const readToJudge = (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  sent: Sent = {},
): Promise<ServerReading> =>
  readServer(desk, turn, server, (signal) => findAnswer(desk, turn, server, signal, sent));

/** The change under way on a server, or else what a report says: a plan, or a card. */
export const findAnswer = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  signal: AbortSignal,
  sent: Sent = {},
): Promise<Card | Change> =>
  (await changeUnderWay(desk.database, server.name)) ??
  (await readAndJudge(desk, turn, server, signal, sent));

const readAndJudge = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  signal: AbortSignal,
  { log, about }: Sent,
): Promise<Card | Change> => {
  const connection = desk.server(server.name);
  if (connection === undefined) return askWhichServer(desk, turn, server.name);
  try {
    const report = await connection.report({ deadline: desk.readDeadline, signal });
    const verdict = judge(report, log);
    if (verdict.kind !== 'limit-too-low') return verdictCard(desk, turn, server, report, verdict, log);
    if (about !== undefined && !refusesClients(report, verdict)) {
      return notTheCause(desk, turn, server, report, verdict, about);
    }
    const lock = await lockOn(desk.database, server.name);
    // Nothing can be approved there before that change has its answer, so its card is the next step.
    if (lock?.kind === 'held') return lock.change;
    const change = await proposeRaise(desk, turn, server, report, verdict);
    if (change !== undefined) return change;
    throw new Error(`planning the change on ${server.name}: the verdict and the plan differ`);
  } catch (error) {
    if (error instanceof RemoteError) return notReadable(desk, turn, server, error);
    throw error;
  }
};

/** By the server's own log, by a text that was sent, or by the longest list it counted. */
const refusesClients = ({ counters }: Report, { refusals, limit }: LimitTooLow): boolean =>
  refusals !== null || (counters.ok && (counters.maximumNonLeafUpdates ?? 0) > limit.current);

const notReadable = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  error: RemoteError,
): Promise<Card> => {
  const { domain, user } = server.account;
  const kind = error.code.slice('remote.'.length) as RemoteErrorKind;
  const facts = { kind, host: server.host, port: server.port, endpoint: server.endpoint };
  const answer = [error.detail, error.serverText].filter((part) => part !== undefined).join(': ');
  const command = remoteErrorCommand(facts);
  return remoteErrorCard({
    view: viewOf(desk, turn.zone),
    ...facts,
    server: server.name,
    account: domain === '' ? user : `${domain}\\${user}`,
    at: desk.now(),
    ...(answer === '' ? {} : { answer }),
    checkAgain: await tokenFor(desk, turn.where, { kind: 'check', server: server.name, here: true }),
    commandAsText: await tokenFor(desk, turn.where, { kind: 'command', command: command ?? '' }),
  });
};
