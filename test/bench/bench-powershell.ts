import { findPowershell, powershellMissing } from '../../remote/practice/powershell/find-powershell.ts';
import { modulePaths } from '../remote/module/module-process.ts';
import { runWinrmClient, whyNoWinrmClient } from '../witness/winrm-client.ts';
import { type Client, type Fleet, pythonTarget, startFleet, startOurs, startPython } from './fleet/fleet.ts';
import { median } from './statistics.ts';
import { milliseconds, ratio, table } from './table.ts';

const rounds = 7;
const load = modulePaths.map((path) => `Import-Module '${path}'`).join('; ');
const readReport = `$ProgressPreference = 'SilentlyContinue'; ${load}; Get-WsusBotReport`;
/** The first call of a process, and then as many as there are rounds, in milliseconds. */
const timeReports =
  `${load}; ConvertTo-Json -Compress @(0..${rounds} | ForEach-Object ` +
  `{ (Measure-Command { Get-WsusBotReport }).TotalMilliseconds })`;

/** One check of a practice server with a real PowerShell behind it, beside the function alone in the same PowerShell. */
export const benchPowershell = async (): Promise<string> => {
  const why = findPowershell() === undefined ? powershellMissing : whyNoWinrmClient();
  if (why !== undefined) return why;
  const fleet = await startFleet(1, 'ntlm', { engine: 'powershell' });
  const [ours, python] = [startOurs(), startPython(fleet)];
  try {
    const [first = Number.NaN, ...later] = await functionAlone(fleet);
    for (const client of [ours, python]) await client.connect(fleet, 1, readReport);
    const cold = { ours: [] as number[], python: [] as number[] };
    const warm = { ours: [] as number[], python: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      cold.ours.push(await timed(ours, 'check'));
      warm.ours.push(await timed(ours, 'check-warm'));
      await ours.run('close');
      cold.python.push(await timed(python, 'check'));
      await python.run('open');
      warm.python.push(await timed(python, 'check-warm'));
      await python.run('close');
    }
    const row = (what: string, times: typeof cold, alone: number) => {
      const [a, b] = [median(times.ours), median(times.python)];
      return [what, milliseconds(a), milliseconds(b), ratio(a, b), milliseconds(alone)];
    };
    return table(
      [`median of ${rounds}`, 'WSUS Bot', 'python3-winrm', 'ratio', 'the function alone'],
      [
        row('no connection yet; alone: the first call of a process', cold, first),
        row('connection open; alone: a later call', warm, median(later)),
      ],
    );
  } finally {
    await Promise.all([ours.stop(), python.stop()]);
    await fleet.stop();
  }
};

const timed = async (client: Client, errand: 'check' | 'check-warm'): Promise<number> =>
  (await client.run(errand)).wall * 1000;

const functionAlone = async (fleet: Fleet): Promise<number[]> => {
  const [target] = fleet.targets;
  if (target === undefined) throw new Error('looking for the practice server: there is none');
  const asked = { ...pythonTarget(target, fleet), script: timeReports };
  const [answer] = await runWinrmClient([asked], fleet.folder);
  if (answer === undefined || !('out' in answer) || answer.status !== 0)
    throw new Error(`timing the function alone: ${JSON.stringify(answer)}`);
  return JSON.parse(answer.out) as number[];
};
