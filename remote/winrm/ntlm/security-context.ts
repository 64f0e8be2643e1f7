import { ProtocolError } from '../../protocol-error.ts';
import type { SealedMessage } from '../sealed-body.ts';
import { hmacMd5, sameBytes } from './digests.ts';
import { Rc4 } from './rc4.ts';
import { type DirectionKeys, sealingKeys } from './sealing-keys.ts';

/** One direction: its keys, its RC4 stream and its sequence number live as long as the socket. */
class SealingState {
  readonly #keys: DirectionKeys;
  readonly #stream: Rc4;
  #sequence = 0;

  constructor(keys: DirectionKeys) {
    this.#keys = keys;
    this.#stream = new Rc4(keys.sealing);
  }

  wrap(plain: Buffer): SealedMessage {
    const sealed = this.#stream.update(plain);
    return { signature: this.#sign(plain), sealed };
  }

  unwrap({ signature, sealed }: SealedMessage): Buffer {
    const doing = 'opening a sealed message';
    if (signature.length !== 16)
      throw new ProtocolError('protocol.malformed', doing, 'the signature is not 16 bytes');
    if (signature.readUInt32LE(12) !== this.#sequence) {
      throw new ProtocolError('protocol.sequence-wrong', doing, `expected ${this.#sequence}`);
    }
    const plain = this.#stream.update(sealed);
    if (!sameBytes(this.#sign(plain), signature)) {
      throw new ProtocolError('protocol.signature-wrong', doing, 'checksum');
    }
    return plain;
  }

  /**
   * NTLMSSP_MESSAGE_SIGNATURE, 16 bytes: version 1, checksum, sequence number. The checksum takes its 8 bytes of key
   * stream after the message's, MS-NLMP 3.4.4.2.
   */
  #sign(plain: Buffer): Buffer {
    const sequence = Buffer.alloc(4);
    sequence.writeUInt32LE(this.#sequence);
    this.#sequence = (this.#sequence + 1) >>> 0;
    const checksum = this.#stream.update(hmacMd5(this.#keys.signing, sequence, plain).subarray(0, 8));
    return Buffer.concat([Buffer.from([1, 0, 0, 0]), checksum, sequence]);
  }
}

/**
 * Seals and opens messages after a finished NTLM handshake. Bound to one socket: a context whose `unwrap` threw
 * is out of step with its peer and must be thrown away with the socket.
 */
export class SecurityContext {
  readonly #outgoing: SealingState;
  readonly #incoming: SealingState;

  constructor(exportedSessionKey: Buffer, role: 'client' | 'server') {
    const toServer = new SealingState(sealingKeys(exportedSessionKey, 'client-to-server'));
    const toClient = new SealingState(sealingKeys(exportedSessionKey, 'server-to-client'));
    this.#outgoing = role === 'client' ? toServer : toClient;
    this.#incoming = role === 'client' ? toClient : toServer;
  }

  wrap(plain: Buffer): SealedMessage {
    return this.#outgoing.wrap(plain);
  }

  /** @throws ProtocolError on a wrong signature or sequence number */
  unwrap(message: SealedMessage): Buffer {
    return this.#incoming.unwrap(message);
  }
}
