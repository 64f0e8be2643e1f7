/**
 * What executes calls behind a practice server's WinRM front. The seam lies where WS-Man ends and PSRP begins: only
 * PSRP fragments ([MS-PSRP] 2.2.4) cross it, so that a real PowerShell process can stand behind the same front.
 */
export interface Engine {
  /**
   * Opens a runspace pool from the fragments in `creationXml` (SESSION_CAPABILITY, INIT_RUNSPACEPOOL). Answers reach
   * the listener, also after this returned. Throws when the fragments cannot be read.
   */
  openPool(creationFragments: Uint8Array, listener: EngineListener): EnginePool;
}

export interface EnginePool {
  /** Starts a pipeline with the first fragments of its CREATE_PIPELINE message. */
  startPipeline(pipelineId: string, fragments: Uint8Array): void;
  /** Further fragments: of a pipeline, or of the pool when no pipeline is named. */
  feed(pipelineId: string | undefined, fragments: Uint8Array): void;
  /** Stops a pipeline, as Ctrl+C does. Its end reaches the listener. */
  signal(pipelineId: string): void;
  close(): void;
}

/** Whole fragments, ready for the Streams of a Receive answer. */
export interface EngineListener {
  poolOutput(fragments: Uint8Array): void;
  pipelineOutput(pipelineId: string, fragments: Uint8Array): void;
  /** Nothing more comes from this pipeline: its command is Done. */
  pipelineEnded(pipelineId: string): void;
  /** The engine is gone with all its pipelines, as when its process ended. */
  ended(): void;
}
