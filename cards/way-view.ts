/** How a server was read, for the foot of its card. */
export interface WayView {
  /** Through an endpoint of WSUS Bot's own, or as administrator through one of Windows'. */
  readonly way: 'endpoint' | 'agentless';
  /** Name of the session configuration: outside text. */
  readonly endpoint: string;
  /** Whether the module that answered is the one that this bot ships. */
  readonly module: 'shipped' | 'differs' | 'not-read';
}
