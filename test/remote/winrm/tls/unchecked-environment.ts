import { RemoteError } from '../../../../remote/remote-error.ts';
import { connectSocket } from '../../../../remote/winrm/connect-socket.ts';
import { secureSocket } from '../../../../remote/winrm/tls/secure-socket.ts';

/** Prints what becomes of a TLS connection to a port of this machine: a process of its own, for the sake of its environment. */
const socket = await connectSocket({ host: 'localhost', port: Number(process.argv[2]) }, 5_000, 'testing');
const tls = { trust: { kind: 'authorities', pem: undefined } } as const;
try {
  const secured = await secureSocket(socket, { host: 'localhost', tls, now: Date.now }, 5_000, 'testing');
  secured.destroy();
  process.stdout.write('connected');
} catch (error) {
  process.stdout.write(error instanceof RemoteError ? error.code : String(error));
}
