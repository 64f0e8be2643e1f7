import type { RemoteError } from '../../../../remote/remote-error.ts';
import type { Seen, TrialSeen } from '../../../../remote/trial-seen.ts';
import { compared, type DeepItemName, type DeepResult, differs, notTried, pass } from './deep-items.ts';

const otherWay = 'not of this way';

/** What the session itself showed: envelopes, opening, refusals, stop. Pure. */
export function judgeSession(seen: TrialSeen): DeepResult[] {
  const { opening, loading, silence, script, unlisted, stop, deletion } = seen;
  return [
    judge('winrm', opening, ({ milliseconds }) =>
      deletion.ok
        ? pass('winrm', `opened in ${milliseconds} ms, deleted in ${deletion.milliseconds} ms`)
        : differs('winrm', `opened in ${milliseconds} ms; ${errorText(deletion.error)}`),
    ),
    judge('receives', opening, ({ receives }) => pass('receives', String(receives))),
    judge('protocol', opening, ({ protocolVersion }) =>
      compared('protocol', /^2\.[23]$/.test(protocolVersion), protocolVersion || 'the server named none'),
    ),
    judge('quiet-receive', silence, ({ milliseconds, isEmpty }) =>
      compared(
        'quiet-receive',
        isEmpty,
        isEmpty ? `ended after ${milliseconds} ms, empty` : 'it brought something',
      ),
    ),
    loading === null
      ? notTried('loading', otherWay)
      : judge('loading', loading, ({ milliseconds }) => pass('loading', `loaded in ${milliseconds} ms`)),
    refusal('script', script, 'ScriptsNotAllowed'),
    refusal('unlisted-command', unlisted, 'CommandNotFoundException'),
    judge('stop', stop, ({ how, answersAfter }) => {
      const after = answersAfter ? 'the session answers after it' : 'the session does not answer after it';
      return compared('stop', how === 'stopped' && answersAfter, `${how}; ${after}`);
    }),
  ];
}

function refusal(item: DeepItemName, seen: TrialSeen['script'], errorId: string): DeepResult {
  if (seen === null) return notTried(item, otherWay);
  return judge(item, seen, (what) => {
    if (!what.isRefused) return differs(item, 'it ran: the endpoint lets more through than it should');
    return compared(item, what.errorId === errorId, `refused: ${what.errorId || 'no error named'}`);
  });
}

/** An item whose observation may be missing: then with the error that kept it from being seen. */
export function judge<T>(
  item: DeepItemName,
  seen: Seen<T>,
  result: (value: { readonly ok: true } & T) => DeepResult,
): DeepResult {
  return seen.ok ? result(seen) : differs(item, errorText(seen.error));
}

function errorText({ message, code, serverText }: RemoteError): string {
  return `${message} (${code})${serverText === undefined ? '' : `; the answer: ${serverText}`}`;
}
