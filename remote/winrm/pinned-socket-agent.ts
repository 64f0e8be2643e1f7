import { Agent } from 'node:http';
import type { Socket } from 'node:net';

/** Thrown when a request would need a second socket: nothing of it was sent. */
export class SocketGoneError extends Error {
  constructor() {
    super('the pinned socket is closed');
    this.name = 'SocketGoneError';
  }
}

/**
 * An HTTP agent that has this one socket and never makes another: a security context is bound to its socket,
 * so a silent reconnect would send sealed bytes where nobody can open them.
 */
export class PinnedSocketAgent extends Agent {
  readonly #socket: Socket;
  #given = false;

  constructor(socket: Socket) {
    super({ keepAlive: true, maxSockets: 1 });
    this.#socket = socket;
  }

  get alive(): boolean {
    return !this.#socket.destroyed && this.#socket.writable && this.#socket.readable;
  }

  override createConnection(
    _options: unknown,
    callback?: (error: Error | null, stream: Socket) => void,
  ): Socket | undefined {
    if (!this.#given && this.alive) {
      this.#given = true;
      return this.#socket;
    }
    callback?.(new SocketGoneError(), this.#socket);
    return undefined;
  }

  override destroy(): void {
    this.#socket.destroy();
    super.destroy();
  }
}
