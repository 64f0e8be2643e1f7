/** What every transport call needs to know. */
export interface TransportCall {
  /** Present participle for errors: "reading wsus01". */
  readonly doing: string;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  /** Milliseconds that the server may hold this one request; the transport's own time unless given. */
  readonly operationTimeout?: number;
  /** Aborted when nobody wants the answer any more. Only for what changes nothing: what acts is never stopped half-way. */
  readonly signal?: AbortSignal | undefined;
}

export interface ReceivedData {
  /** Fragment bytes in order. Empty when nothing came in the time that the transport waits. */
  readonly data: readonly Buffer[];
  /** The transport says that the pipeline has ended. */
  readonly done: boolean;
}

/**
 * Carries PSRP fragments: over WS-Man, or over a process's standard input and output. Every method throws a RemoteError
 * whose outcome is about that one request. GUIDs are lower case.
 */
export interface PsrpTransport {
  open(poolId: string, creationFragments: Buffer, call: TransportCall): Promise<void>;
  command(pipelineId: string, firstFragment: Buffer, call: TransportCall): Promise<void>;
  /** @param pipelineId undefined for the pool */
  send(pipelineId: string | undefined, fragment: Buffer, call: TransportCall): Promise<void>;
  /** @param pipelineId undefined for the pool */
  receive(pipelineId: string | undefined, call: TransportCall): Promise<ReceivedData>;
  /** Stops a pipeline, as Ctrl+C does: its state comes with the next Receives. May be called while one is waiting. */
  stop(pipelineId: string, call: TransportCall): Promise<void>;
  /** Gives up a pipeline: it is stopped when it still runs, and its resources are freed. */
  signal(pipelineId: string, call: TransportCall): Promise<void>;
  close(call: TransportCall): Promise<void>;
}
