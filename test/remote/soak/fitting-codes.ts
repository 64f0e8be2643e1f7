import type { PracticeState } from '../../../remote/practice/practice-servers.ts';
import type { RemoteErrorCode } from '../../../remote/remote-error.ts';
import type { MisdeedName } from '../misdeeds.ts';
import { type DrawnCheck, type DrawnReading, patient } from './drawn-check.ts';

type Codes = readonly RemoteErrorCode[];

const lost: Codes = ['remote.connection-lost'];
const silent: Codes = ['remote.timed-out'];
/** A sign-in that is not taken; in mid-session the sign-in of the socket is gone. */
const refused: Codes = [
  'remote.ntlm-refused',
  'remote.sign-in-refused',
  'remote.channel-binding',
  'remote.local-account-refused',
  ...lost,
];
/** Sealed bytes that do not open; in TLS the message is in clear, and cannot be read. */
const spoilt: Codes = ['remote.sealing-refused', 'remote.broken-answer'];
/** In place of what is only in a session a handshake is answered with 500. */
const brokenDown: Codes = ['remote.not-winrm'];

/** What may be said of each misdeed, wherever it happens. */
const ofMisdeed: Readonly<Record<MisdeedName, Codes>> = {
  'drops before': lost,
  'drops after': lost,
  delays: silent,
  'says nothing, executed': silent,
  'says nothing, not executed': silent,
  'answers 401': refused,
  'answers 401, executed': refused,
  'answers 403': ['remote.forbidden'],
  'answers 500 without a body': ['remote.sealing-refused', ...brokenDown],
  'answers 500 without a body, executed': ['remote.sealing-refused', ...brokenDown],
  'answers 503': ['remote.busy'],
  'answers 502, executed': ['remote.proxy'],
  'faults: access denied': ['remote.access-denied', ...brokenDown],
  'faults: no such shell': [...lost, ...brokenDown],
  'faults: timed out, executed': [...silent, ...lost, ...brokenDown],
  'faults: quota': ['remote.shell-quota', ...brokenDown],
  'faults: unknown code, executed': ['remote.fault', ...brokenDown],
  truncates: [...spoilt, ...brokenDown],
  corrupts: [...spoilt, ...brokenDown],
  'announces a wrong length': [...spoilt, ...brokenDown],
  'reorders fragments': ['remote.broken-answer', ...brokenDown],
  'answers another request': ['remote.broken-answer', ...brokenDown],
  'sends a huge body': ['remote.broken-answer', ...brokenDown],
  drips: [...silent, ...brokenDown],
};

/** A deadline may end in the middle of connecting. */
const hurried: Codes = ['remote.unreachable', 'remote.tls-failed'];

/** What a server answers that lets nobody in. */
const ofState: Readonly<Partial<Record<PracticeState, Codes>>> = {
  unreachable: ['remote.port-closed'],
  'wrong-password': ['remote.sign-in-refused', 'remote.channel-binding'],
};

/** Whether something in the check keeps an answer back for longer than the client waits. */
export function holdsUp({ fault }: DrawnCheck, { deadline }: DrawnReading): boolean {
  return deadline !== patient || (fault !== undefined && ofMisdeed[fault.name].includes('remote.timed-out'));
}

export const answersNobody = (state: PracticeState): boolean => ofState[state] !== undefined;

/** The codes that a reading of this check may end with. */
export function fittingCodes(
  state: PracticeState,
  check: DrawnCheck,
  reading: DrawnReading,
): ReadonlySet<string> {
  const { fault, event } = check;
  return new Set([
    ...(ofState[state] ?? []),
    ...(fault === undefined ? [] : ofMisdeed[fault.name]),
    // Before the check it is found out, and tried once more.
    ...(event === undefined || event.at === 0 ? [] : lost),
    ...(reading.givesUpAt === undefined ? [] : ['remote.stopped']),
    ...(reading.deadline === patient ? [] : hurried),
    ...silent,
  ]);
}
