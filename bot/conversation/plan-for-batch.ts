import { RemoteError } from '../../remote/remote-error.ts';
import type { LeftOut } from '../changes/batch.ts';
import type { ServerConfig } from '../config.ts';
import { judge, type Verdict } from '../diagnosis/verdict.ts';
import type { NewChange } from '../store/propose.ts';
import { lockOn } from '../store/read-change.ts';
import type { Desk, Turn } from './desk.ts';
import { planRaise } from './propose-change.ts';

/** Reads a server as `check` does: the plan for it, or why it gets none. Reading changes no setting. */
export const findPlan = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
): Promise<NewChange | LeftOut> => {
  const leftOut = (why: LeftOut['why']): LeftOut => ({ server: server.name, why });
  if ((await lockOn(desk.database, server.name)) !== undefined) return leftOut('locked');
  try {
    const report = await desk.server(server.name)?.report({ deadline: desk.readDeadline });
    if (report === undefined) return leftOut('not-readable');
    const verdict = judge(report);
    if (verdict.kind !== 'limit-too-low') return leftOut(whys[verdict.kind]);
    return planRaise(desk, turn, server, report, verdict) ?? leftOut('file-refused');
  } catch (error) {
    if (error instanceof RemoteError) return leftOut('not-readable');
    throw error;
  }
};

export const isPlan = (found: NewChange | LeftOut): found is NewChange => 'plans' in found;

const whys: Readonly<Record<Exclude<Verdict['kind'], 'limit-too-low'>, LeftOut['why']>> = {
  healthy: 'healthy',
  'raised-not-active': 'not-active',
  'raised-still-failing': 'still-failing',
  'service-down': 'service-down',
  'file-refused': 'file-refused',
  'not-wsus': 'not-wsus',
  unclear: 'unclear',
};
