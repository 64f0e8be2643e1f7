import type { RestartRequest, RestartResult } from '../../contract.ts';
import type { SimulatedHost, StepListener } from './simulated-host.ts';

/** Restart-WsusBotService: ends the worker, starts a new one on Web.config as it is then, and asks it. Throws FunctionFailure. */
export async function restartService(
  host: SimulatedHost,
  request: RestartRequest,
  step: StepListener,
): Promise<RestartResult> {
  const { now } = host.settings;
  const startedAt = now().toISOString();
  const before = { worker: host.worker, getConfigStatus: host.askService().getConfigStatus };
  await step('restart');
  await host.iis.restart(request.activation);
  await step('wait');
  await host.iis.answering();
  const { getConfigStatus, getConfigIsSoap, getConfigMilliseconds } = host.askService();
  return {
    outcome: 'restarted',
    before,
    after: { worker: host.worker, getConfigStatus, getConfigIsSoap, getConfigMilliseconds },
    startedAt,
    endedAt: now().toISOString(),
  };
}
