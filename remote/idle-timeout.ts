import type { RemoteDependencies } from './remote-session.ts';

/** Milliseconds without a call after which a session is closed. */
export function idleTimeoutOf(dependencies: RemoteDependencies): number {
  return dependencies.idleTimeout ?? 90_000;
}

/** Milliseconds after which a server drops the shell of a bot that is gone; Windows takes no less than a minute. */
export function shellIdleTimeoutOf(dependencies: RemoteDependencies): number {
  return Math.max(60_000, 2 * idleTimeoutOf(dependencies));
}
