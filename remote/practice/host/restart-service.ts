import { appendFile, readFile } from 'node:fs/promises';
import type { RestartRequest, RestartResult } from '../../contract.ts';
import { workerStartLine } from '../software-distribution-log.ts';
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
  host.restarts.push(request.activation);
  await replaceWorker(host, step);
  const { getConfigStatus, getConfigIsSoap, getConfigMilliseconds } = host.askService();
  return {
    outcome: 'restarted',
    before,
    after: { worker: host.worker, getConfigStatus, getConfigIsSoap, getConfigMilliseconds },
    startedAt,
    endedAt: now().toISOString(),
  };
}

async function replaceWorker(host: SimulatedHost, step: StepListener): Promise<void> {
  const { folder, wait, restartMilliseconds } = host.settings;
  const half = restartMilliseconds / 2;
  const stays = host.has('restart-without-effect');
  if (!stays) host.stopWorker();
  if (host.has('restart-never-ends')) await host.untilFaultsChange();
  await wait(half);
  if (!stays) {
    host.startWorker(await readFile(folder.webConfig));
    if (host.worker !== null) {
      await appendFile(
        folder.log,
        `${workerStartLine(host.worker.pid, new Date(host.worker.startedAt))}\r\n`,
      );
    }
  }
  await step('wait');
  await wait(half);
}
