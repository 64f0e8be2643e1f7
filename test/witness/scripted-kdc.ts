import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import {
  applicationTag,
  derTags,
  encodeDer,
  encodeField,
  encodeInteger,
  encodeKerberosString,
  encodeSequence,
} from '../../remote/winrm/der.ts';
import { encodeKerberosTime } from '../../remote/winrm/kerberos/kerberos-time.ts';

export interface ScriptedKdc {
  readonly port: number;
  /** Settles when the first who asked has closed its socket. */
  readonly abandoned: Promise<unknown>;
  close(): Promise<void>;
}

/** A KDC that answers every request with this error (RFC 4120, 7.5.9), or with nothing, where MIT's own cannot be brought to it. */
export async function startScriptedKdc(error: number | 'silence', realm: string): Promise<ScriptedKdc> {
  const { promise: abandoned, resolve } = Promise.withResolvers<void>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => resolve());
    socket.on('data', () => {
      if (error !== 'silence') socket.end(framed(krbError(error, realm)));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    abandoned,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Over TCP a message comes behind its length (RFC 4120, 7.2.2). */
function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  return Buffer.concat([length, message]);
}

const krbError = (code: number, realm: string) =>
  encodeDer(
    applicationTag(30),
    encodeSequence(
      encodeField(0, encodeInteger(5)),
      encodeField(1, encodeInteger(30)),
      encodeField(
        4,
        encodeDer(derTags.generalizedTime, Buffer.from(encodeKerberosTime(Date.now()), 'latin1')),
      ),
      encodeField(5, encodeInteger(0)),
      encodeField(6, encodeInteger(code)),
      encodeField(9, encodeKerberosString(realm)),
      encodeField(
        10,
        encodeSequence(
          encodeField(0, encodeInteger(2)),
          encodeField(1, encodeSequence(encodeKerberosString('krbtgt'), encodeKerberosString(realm))),
        ),
      ),
    ),
  );
