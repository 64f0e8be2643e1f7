import { tryEndpoint } from '../../../../remote/endpoint-trial.ts';
import type { TrialSeen } from '../../../../remote/trial-seen.ts';
import type { ServerConfig } from '../../../config.ts';
import { serverTarget } from '../../../server-target.ts';
import { type DeepItemName, type DeepResult, deepItems } from './deep-items.ts';
import { judgeReport } from './judge-report.ts';
import { judgeSession } from './judge-session.ts';

/** Tries a server item by item, changing nothing there. Throws when the signal was aborted. */
export async function deepCheck(server: ServerConfig, signal: AbortSignal): Promise<DeepResult[]> {
  const seen = await tryEndpoint(serverTarget(server), {}, signal);
  signal.throwIfAborted();
  return judgeTrial(seen);
}

/** Every item once, in the order of `deepItems`. */
export function judgeTrial(seen: TrialSeen): DeepResult[] {
  const results = [...judgeSession(seen), ...judgeReport(seen)];
  const order = Object.keys(deepItems) as DeepItemName[];
  return results.sort((a, b) => order.indexOf(a.item) - order.indexOf(b.item));
}
