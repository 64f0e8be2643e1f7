import type { WsusServer } from '../../remote/wsus-server.ts';
import type { Ending } from './change.ts';
import type { Journal } from './journal.ts';
import type { Plan } from './plan.ts';
import { readAgain } from './read-again.ts';
import { restartAndVerify } from './restart-and-verify.ts';
import type { Run, Written } from './run.ts';
import type { Runtime } from './runtime.ts';
import { writeFile } from './write-file.ts';

/**
 * Carries a plan out: reads again, writes, restarts, verifies. Nothing is ever sent twice; where an answer was lost, the
 * server is looked at. Ends with what was seen, never with what was hoped.
 * Throws what the journal throws (a lost lease, a store that is away): the caller stops then and claims nothing.
 */
export const runChange = async (
  plan: Plan,
  server: WsusServer,
  journal: Journal,
  runtime: Runtime,
): Promise<Ending> => {
  const run: Run = { plan, server, journal, runtime };
  const begun = await readAgain(run);
  if ('ending' in begun) return begun.ending;
  const { baseline, serverClock } = begun;
  const written = plan.kind === 'restart' ? fileStays : await writeFile(run, baseline, serverClock);
  if ('ending' in written) return written.ending;
  return restartAndVerify(run, baseline, serverClock, written);
};

const fileStays: Written = { backup: null, leftDifferent: [] };
