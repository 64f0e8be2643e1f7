import type { Outcome } from '../coded-error.ts';
import { type DecisionRow, decide, type HttpSeen, type SignInSeen } from '../decision-table.ts';
import { RemoteError } from '../remote-error.ts';
import type { MessageProtection } from './authentication.ts';
import { type HttpAnswer, HttpFailure } from './http-post.ts';

/** The error for a POST without an answer; anything else than an HttpFailure is passed on. */
export function failureError(error: unknown, doing: string, outcome: Outcome): unknown {
  if (!(error instanceof HttpFailure)) return error;
  const decision = decide('http', { failure: error.kind });
  return errorOf(decision, doing, undefined, error.kind === 'gone' ? 'not-sent' : outcome, error);
}

/** The error for a status of the handshake that is not the expected one. Nothing but empty bodies was sent. */
export function handshakeStatusError(answer: HttpAnswer, doing: string): RemoteError {
  return errorOf(decide('http', seenIn(answer)), doing, `HTTP ${answer.status}`, 'not-sent');
}

/** The error for a 401 that ends a sign-in. Nothing but its tokens was sent, unless `outcome` says otherwise. */
export function signInError(seen: SignInSeen, doing: string, outcome: Outcome = 'not-sent'): RemoteError {
  return errorOf(decide('sign-in', seen), doing, undefined, outcome);
}

/** The error for an answer that is not protected as the message was. */
export function unprotectedAnswerError(
  answer: HttpAnswer,
  doing: string,
  { signsEveryMessage }: MessageProtection,
): RemoteError {
  const { status } = answer;
  if (signsEveryMessage !== undefined && status === 401) {
    const offered = offeredIn(answer);
    const seen = {
      offered,
      hasTicket: false,
      isAnswered: true,
      account: 'unknown',
      isEncrypted: true,
    } as const;
    return signInError({ ...seen, scheme: signsEveryMessage, clockAhead: undefined }, doing, 'refused');
  }
  const seen = seenIn(answer);
  const session = decide('session', seen);
  // Before a session shows itself, a status means what it means in a sign-in.
  const decision = session.code === 'remote.not-winrm' ? decide('http', seen) : session;
  return errorOf(decision, doing, detailOf(answer), decision.outcome ?? 'unknown');
}

/** The schemes of WWW-Authenticate in lower case. */
export function offeredIn({ authenticate }: HttpAnswer): string[] {
  return authenticate
    .split(',')
    .map((part) => /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\s|$)/.exec(part)?.[1]?.toLowerCase())
    .filter((scheme) => scheme !== undefined);
}

const seenIn = ({ status, body, contentType, isFromProxy, isFromHttpSys }: HttpAnswer): HttpSeen => ({
  status,
  isEmpty: body.length === 0,
  isSoap: /soap\+xml/i.test(contentType ?? ''),
  isFromProxy,
  isFromHttpSys,
});

function detailOf({ status, body, contentType }: HttpAnswer): string {
  if (status === 400 || status === 401) return `HTTP ${status} in mid-session`;
  if (status === 500 && body.length === 0) return 'HTTP 500 with an empty body';
  return /soap\+xml/i.test(contentType ?? '') ? `unsealed HTTP ${status}` : `HTTP ${status}`;
}

function errorOf<T>(
  { code, detail }: Pick<DecisionRow<T>, 'code' | 'detail'>,
  doing: string,
  ownDetail: string | undefined,
  outcome: Outcome,
  cause?: unknown,
): RemoteError {
  const said = detail ?? ownDetail;
  return new RemoteError(code, { doing, ...(said !== undefined && { detail: said }), outcome, cause });
}
