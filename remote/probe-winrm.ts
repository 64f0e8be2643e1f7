import { RemoteError } from './remote-error.ts';
import type { RemoteDependencies } from './remote-session.ts';
import { connectSocket } from './winrm/connect-socket.ts';
import { failureError, handshakeStatusError, offeredIn } from './winrm/http-errors.ts';
import { HttpFailure, httpPost } from './winrm/http-post.ts';
import { PinnedSocketAgent } from './winrm/pinned-socket-agent.ts';
import { secureSocket } from './winrm/tls/secure-socket.ts';
import type { WinrmTarget } from './wsus-server.ts';

/** What a server shows to anybody, before a sign-in. */
export interface WinrmSeen {
  readonly tls: { readonly version: string; readonly validTo: string } | undefined;
  /** Ways to sign in, in lower case. */
  readonly offered: readonly string[];
  /** How far its clock is ahead, in whole seconds, as far as its answer tells. */
  readonly secondsAhead: number | undefined;
}

/** How far a probe came, told at each layer that it has behind it. */
export interface ProbeListener {
  readonly onSecured: (tls: WinrmSeen['tls']) => void;
}

/**
 * Goes through TCP, TLS and HTTP with one POST that carries no sign-in and no message, which WinRM answers with 401.
 * @param timeout milliseconds for each of the three
 * @throws RemoteError, always with outcome not-sent
 */
export async function probeWinrm(
  target: Pick<WinrmTarget, 'name' | 'host' | 'port' | 'tls'>,
  timeout: number,
  { onSecured }: ProbeListener,
  dependencies: Pick<RemoteDependencies, 'now'> = {},
): Promise<WinrmSeen> {
  const now = dependencies.now ?? Date.now;
  const { host, port, tls } = target;
  const doing = `looking at ${target.name}`;
  const socket = await connectSocket(target, timeout, doing);
  const secured =
    tls === undefined ? undefined : await secureSocket(socket, { host, tls, now }, timeout, doing);
  const seen = secured && {
    version: secured.getProtocol() ?? 'TLS',
    validTo: new Date(secured.getPeerX509Certificate()?.validTo ?? 0).toISOString().slice(0, 10),
  };
  onSecured(seen);
  const agent = new PinnedSocketAgent(secured ?? socket);
  try {
    const headers = { 'Content-Type': 'application/soap+xml;charset=UTF-8' };
    const answer = await httpPost({ agent, host, port, headers, body: Buffer.alloc(0), timeout });
    if (answer.status !== 401) throw handshakeStatusError(answer, doing);
    return {
      tls: seen,
      offered: offeredIn(answer),
      secondsAhead: answer.date === undefined ? undefined : Math.round((answer.date - now()) / 1000),
    };
  } catch (error) {
    const isCutOff = error instanceof HttpFailure && (error.kind === 'gone' || error.kind === 'lost');
    const isTls = isCutOff && tls === undefined && (await speaksTls(target, timeout, doing));
    throw failureError(isTls ? new HttpFailure('tls', error) : error, doing, 'not-sent');
  } finally {
    agent.destroy();
  }
}

/** A listener for HTTPS may close on a request in clear without a word, as a server does that restarts. So TLS is tried, and believed for nothing. */
async function speaksTls(
  target: Pick<WinrmTarget, 'host' | 'port'>,
  timeout: number,
  doing: string,
): Promise<boolean> {
  const nobody = { trust: { kind: 'pin', sha256: '' } } as const;
  try {
    const socket = await connectSocket(target, timeout, doing);
    await secureSocket(socket, { host: target.host, tls: nobody, now: Date.now }, timeout, doing);
    return true;
  } catch (error) {
    return error instanceof RemoteError && error.code === 'remote.certificate-untrusted';
  }
}
