import { connect, type Socket } from 'node:net';
import { RemoteError } from '../remote-error.ts';

export interface SocketTarget {
  readonly host: string;
  readonly port: number;
}

/** A connected socket. @param timeout milliseconds @throws RemoteError: name-not-found or unreachable, nothing sent */
export function connectSocket(target: SocketTarget, timeout: number, doing: string): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({ host: target.host, port: target.port, noDelay: true, keepAlive: true });
  const stop = (code: 'remote.name-not-found' | 'remote.unreachable', detail: string) => {
    socket.destroy();
    reject(new RemoteError(code, { doing, detail, outcome: 'not-sent' }));
  };
  const timer = setTimeout(() => stop('remote.unreachable', `not within ${timeout} ms`), timeout);
  socket.once('connect', () => {
    clearTimeout(timer);
    socket.removeAllListeners('error');
    resolve(socket);
  });
  socket.once('error', (error: NodeJS.ErrnoException) => {
    clearTimeout(timer);
    const code = error.code ?? 'no code';
    stop(code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'remote.name-not-found' : 'remote.unreachable', code);
  });
  return promise;
}
