import { tryScript } from './agentless-refusal.ts';
import type { RemoteDependencies } from './remote-session.ts';
import { Trial } from './trial.ts';
import type { TrialSeen } from './trial-seen.ts';
import { wayOf } from './way.ts';
import type { ServerTarget } from './wsus-server.ts';

/** In no role of WSUS Bot, and harmless where it is run all the same. */
const unlistedCommand = { name: 'Get-Date', parameters: {} } as const;

/**
 * Tries what an endpoint does, one thing after the other, changing nothing on the server. Never rejects with a RemoteError.
 * @param signal when it is aborted, the rest is not tried, and only the shell is deleted
 */
export async function tryEndpoint(
  target: ServerTarget,
  dependencies: RemoteDependencies = {},
  signal?: AbortSignal,
): Promise<TrialSeen> {
  const trial = new Trial(target, dependencies, signal);
  const isAgentless = wayOf(target.endpoint) === 'agentless';
  try {
    const opening = await trial.open();
    const loading = isAgentless ? await trial.load() : null;
    return {
      opening,
      loading,
      silence: await trial.silence(),
      report: await trial.report(),
      brief: await trial.brief(),
      script: isAgentless
        ? null
        : await trial.refusal('a script', (open, call) => tryScript(open.pool, call)),
      unlisted: isAgentless
        ? null
        : await trial.refusal('an unlisted command', (open, call) =>
            open.pool.runCommand(unlistedCommand, call),
          ),
      stop: await trial.stop(),
      deletion: await trial.delete(),
    };
  } finally {
    trial.end();
  }
}
