import type { Outcome } from '../coded-error.ts';
import { RemoteError, type RemoteErrorCode } from '../remote-error.ts';
import type { MessageProtection } from './authentication.ts';
import { type HttpAnswer, HttpFailure } from './http-post.ts';

const failureCodes: Readonly<Record<HttpFailure['kind'], RemoteErrorCode>> = {
  gone: 'remote.connection-lost',
  lost: 'remote.connection-lost',
  'timed-out': 'remote.timed-out',
  'not-http': 'remote.not-winrm',
  tls: 'remote.wrong-scheme',
  'too-large': 'remote.broken-answer',
};

/** The error for a POST without an answer; anything else than an HttpFailure is passed on. */
export function failureError(error: unknown, doing: string, outcome: Outcome): unknown {
  if (!(error instanceof HttpFailure)) return error;
  return new RemoteError(failureCodes[error.kind], {
    doing,
    ...(error.kind === 'tls' && { detail: 'TLS answered on a port that was to speak HTTP' }),
    outcome: error.kind === 'gone' ? 'not-sent' : outcome,
    cause: error,
  });
}

/** The error for a status of the handshake that is not the expected one. Nothing but empty bodies was sent. */
export function handshakeStatusError(answer: HttpAnswer, doing: string): RemoteError {
  const { status } = answer;
  const code: RemoteErrorCode =
    status === 403 ? 'remote.access-denied' : status === 503 ? 'remote.busy' : 'remote.not-winrm';
  return new RemoteError(code, { doing, detail: `HTTP ${status}`, outcome: 'not-sent' });
}

/** The error for an answer that is not protected as the message was. */
export function unprotectedAnswerError(
  answer: HttpAnswer,
  doing: string,
  { signsEveryMessage }: MessageProtection,
): RemoteError {
  const { status, body } = answer;
  const fail = (code: RemoteErrorCode, detail: string, outcome: Outcome) =>
    new RemoteError(code, { doing, detail, outcome });
  if (signsEveryMessage === true && status === 401)
    return new RemoteError('remote.sign-in-refused', { doing, outcome: 'refused' });
  // The server says that it does not know the context of this socket.
  if (status === 401 || status === 400)
    return fail('remote.connection-lost', `HTTP ${status} in mid-session`, 'unknown');
  if (status === 500 && body.length === 0)
    return fail('remote.sealing-refused', 'HTTP 500 with an empty body', 'unknown');
  if (status === 503) return fail('remote.busy', 'HTTP 503', 'unknown');
  if (/soap\+xml/i.test(answer.contentType ?? ''))
    return fail('remote.sealing-refused', `unsealed HTTP ${status}`, 'unknown');
  return fail('remote.not-winrm', `HTTP ${status}`, 'unknown');
}
