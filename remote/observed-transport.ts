import type { PsrpTransport, ReceivedData, TransportCall } from './psrp/transport.ts';

/** A transport that counts what its pool asks for. */
export class ObservedTransport implements PsrpTransport {
  readonly #transport: PsrpTransport;
  /** Receives on the pool, until now. */
  receives = 0;

  constructor(transport: PsrpTransport) {
    this.#transport = transport;
  }

  open(poolId: string, creationFragments: Buffer, call: TransportCall): Promise<void> {
    return this.#transport.open(poolId, creationFragments, call);
  }

  command(pipelineId: string, firstFragment: Buffer, call: TransportCall): Promise<void> {
    return this.#transport.command(pipelineId, firstFragment, call);
  }

  send(pipelineId: string | undefined, fragment: Buffer, call: TransportCall): Promise<void> {
    return this.#transport.send(pipelineId, fragment, call);
  }

  receive(pipelineId: string | undefined, call: TransportCall): Promise<ReceivedData> {
    if (pipelineId === undefined) this.receives += 1;
    return this.#transport.receive(pipelineId, call);
  }

  stop(pipelineId: string, call: TransportCall): Promise<void> {
    return this.#transport.stop(pipelineId, call);
  }

  signal(pipelineId: string, call: TransportCall): Promise<void> {
    return this.#transport.signal(pipelineId, call);
  }

  close(call: TransportCall): Promise<void> {
    return this.#transport.close(call);
  }
}
