import { timingSafeEqual } from 'node:crypto';
import { ProtocolError } from '../../protocol-error.ts';
import type { SealedMessage, Sealer } from '../sealed-body.ts';
import type { KerberosKey } from './kerberos-key.ts';
import { openToken, sealToken, signToken, tokenFlags } from './wrap-token.ts';

export interface ContextParts {
  /** The acceptor's subkey where it chose one, else the initiator's. */
  readonly key: KerberosKey;
  readonly keyIsOfAcceptor: boolean;
  /** Number of our first message, and of the server's. 32 bits; they go on beyond that. */
  readonly ownSequence: number;
  readonly peerSequence: number;
  readonly randomBytes: (size: number) => Buffer;
}

/**
 * The client's end of an established context (RFC 4121). Bound to one socket: every message has the next number, and
 * one whose `unwrap` threw is thrown away with the socket.
 */
export class KerberosContext implements Sealer {
  readonly #parts: ContextParts;
  readonly #commonFlags: number;
  #own: bigint;
  #peer: bigint;

  constructor(parts: ContextParts) {
    this.#parts = parts;
    this.#commonFlags = tokenFlags.sealed | (parts.keyIsOfAcceptor ? tokenFlags.acceptorSubkey : 0);
    this.#own = BigInt(parts.ownSequence);
    this.#peer = BigInt(parts.peerSequence);
  }

  wrap(plain: Buffer): SealedMessage {
    const { key, randomBytes } = this.#parts;
    const place = { key, flags: this.#commonFlags, sequence: this.#own };
    this.#own += 1n;
    return sealToken(place, plain, randomBytes(16));
  }

  /** @throws ProtocolError */
  unwrap(message: SealedMessage): Buffer {
    const flags = this.#commonFlags | tokenFlags.fromAcceptor;
    const plain = openToken({ key: this.#parts.key, flags, sequence: this.#peer }, message);
    this.#peer += 1n;
    return plain;
  }

  /** A MIC of our own; it takes a number, too. */
  sign(bytes: Buffer): Buffer {
    const place = { key: this.#parts.key, flags: this.#commonFlags, sequence: this.#own };
    this.#own += 1n;
    return signToken(place, bytes);
  }

  /**
   * Checks the server's MIC. Its number is not insisted on: Windows signs with 0 in places; what it is over is sent once.
   * @throws ProtocolError
   */
  verify(bytes: Buffer, mic: Buffer): void {
    const doing = 'checking a MIC';
    if (mic.length !== 28) throw new ProtocolError('protocol.malformed', doing, 'its size');
    const flags = this.#commonFlags | tokenFlags.fromAcceptor;
    const sequence = mic.readBigUInt64BE(8);
    if (!timingSafeEqual(signToken({ key: this.#parts.key, flags, sequence }, bytes), mic)) {
      throw new ProtocolError('protocol.signature-wrong', doing, 'checksum');
    }
    if (sequence === this.#peer) this.#peer += 1n;
  }
}
