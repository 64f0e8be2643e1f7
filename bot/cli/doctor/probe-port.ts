import { connect } from 'node:net';

/** "open", or why no TCP connection came about: "refused", "no answer", "no route". Nothing is sent. */
export type PortState = 'open' | 'refused' | 'no answer' | 'no route';

/** Opens a TCP connection and closes it. `timeout` in milliseconds. */
export function probePort(host: string, port: number, timeout: number): Promise<PortState> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout });
    const end = (state: PortState) => {
      socket.destroy();
      resolve(state);
    };
    socket.once('connect', () => end('open'));
    socket.once('timeout', () => end('no answer'));
    socket.once('error', (error) => end(stateOf(error)));
  });
}

function stateOf(error: Error): PortState {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'no route';
  // A host with several addresses answers with one error that holds the rest.
  return code === 'ECONNREFUSED' || error instanceof AggregateError ? 'refused' : 'no answer';
}
