import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Channel } from '../../winrm/authentication.ts';

/** What a socket of the front is, as the server sees it. */
export interface FrontChannel extends Channel {
  /**
   * SHA-256 of the client's certificate, in hex. It is asked for only now, by a renegotiation, as HTTP.SYS does it; TLS 1.3 has none,
   * and a client without post-handshake authentication then has no certificate.
   */
  clientCertificate(): Promise<string | undefined>;
}

export function channelOf(socket: Socket, bindings: Buffer | undefined): FrontChannel {
  return {
    isEncrypted: socket instanceof TLSSocket,
    bindings,
    clientCertificate: () =>
      socket instanceof TLSSocket ? askForCertificate(socket) : Promise.resolve(undefined),
  };
}

async function askForCertificate(socket: TLSSocket): Promise<string | undefined> {
  const known = socket.getPeerX509Certificate();
  if (known === undefined && socket.getProtocol() === 'TLSv1.2') {
    await new Promise<void>((resolve) => {
      const begun = socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, () => resolve());
      if (begun === false) resolve();
    });
  }
  return (known ?? socket.getPeerX509Certificate())?.fingerprint256.replaceAll(':', '').toLowerCase();
}
