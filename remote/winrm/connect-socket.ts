import { connect, type Socket } from 'node:net';
import { decide } from '../decision-table.ts';
import { RemoteError, type RemoteErrorCode } from '../remote-error.ts';

export interface SocketTarget {
  readonly host: string;
  readonly port: number;
}

/** Codes of getaddrinfo. */
const ofResolver = /^(?:ENOTFOUND|EAI_.+)$/;

/** A connected socket. @param timeout milliseconds @throws RemoteError: name-not-found, port-closed or unreachable, nothing sent */
export function connectSocket(target: SocketTarget, timeout: number, doing: string): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({ host: target.host, port: target.port, noDelay: true, keepAlive: true });
  const stop = (code: RemoteErrorCode, detail: string) => {
    socket.destroy();
    reject(new RemoteError(code, { doing, detail, outcome: 'not-sent' }));
  };
  const timer = setTimeout(
    () => stop(decide('port', { error: 'silence' }).code, `not within ${timeout} ms`),
    timeout,
  );
  socket.once('connect', () => {
    clearTimeout(timer);
    socket.removeAllListeners('error');
    resolve(socket);
  });
  socket.once('error', (error: NodeJS.ErrnoException) => {
    clearTimeout(timer);
    const code = error.code ?? 'no code';
    stop(decide(ofResolver.test(code) ? 'name' : 'port', { error: code }).code, code);
  });
  return promise;
}
