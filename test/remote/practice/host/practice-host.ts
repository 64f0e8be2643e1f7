import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { TestContext } from 'node:test';
import type { ProgressStep } from '../../../../remote/contract.ts';
import { runFunction } from '../../../../remote/practice/host/run-function.ts';
import { sha256Of } from '../../../../remote/practice/host/sha256.ts';
import { SimulatedHost } from '../../../../remote/practice/host/simulated-host.ts';
import { makePracticeFolder } from '../../../../remote/practice/practice-folder.ts';
import { type PracticeState, practiceServers } from '../../../../remote/practice/practice-servers.ts';

export const startOfTest = new Date('2026-11-25T02:14:00.000Z');

export interface Waits {
  readonly milliseconds: number[];
}

/** A host over its own folder, removed after the test. Its clock stands still unless `clock.now` is moved; waits end at once and are written down. */
export async function hostOf(context: TestContext, state: PracticeState, restartMilliseconds = 0) {
  const spec = practiceServers.find((candidate) => candidate.state === state);
  if (spec === undefined) throw new Error(`no practice server is ${state}`);
  const clock = { now: startOfTest };
  const waits: number[] = [];
  const folder = await makePracticeFolder(spec, 4812, clock.now);
  context.after(() => folder.remove());
  const host = new SimulatedHost({
    spec,
    folder,
    workerPid: 4812,
    now: () => clock.now,
    wait: async (milliseconds) => void waits.push(milliseconds),
    restartMilliseconds,
  });
  const steps: ProgressStep[] = [];
  const call = (name: string, parameters: Record<string, unknown> = {}): Promise<unknown> =>
    runFunction(host, { name, parameters: new Map(Object.entries(parameters)) }, (step) => steps.push(step));
  return { host, folder, clock, waits, steps, call };
}

/** Parameters of Set-WsusBotLimit that raise the limit of the file as it is now to 800. */
export async function raiseTo800(webConfig: string) {
  const before = await readFile(webConfig);
  const after = Buffer.from(before.toString('latin1').replace('"400"', '"800"'), 'latin1');
  const parameters = {
    ChangeId: randomUUID(),
    NotAfter: '2026-11-25T03:14:00.000Z',
    Sha256Before: sha256Of(before),
    Sha256After: sha256Of(after),
    MaxInstalledPrerequisites: 800,
  };
  return { before, after, parameters };
}
