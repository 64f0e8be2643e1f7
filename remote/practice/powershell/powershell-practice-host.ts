import { dirname } from 'node:path';
import { trustedInstaller } from '../host/file-owners.ts';
import { HostFaults } from '../host/host-faults.ts';
import { type IisSettings, PracticeIis } from '../host/practice-iis.ts';
import type { PracticeHost } from '../practice-host.ts';
import { practiceSites } from '../practice-sites.ts';
import { FileSecurityTable } from './file-security-table.ts';
import type { Powershell } from './find-powershell.ts';
import { callMachine, type Machine } from './machine-calls.ts';
import { powershellCommand } from './powershell-command.ts';
import { powershellCommandLine } from './powershell-command-line.ts';
import { createPowershellEngine } from './powershell-engine.ts';
import { startPracticeWebService } from './practice-web-service.ts';
import { PracticeWindowsFolder } from './practice-windows-folder.ts';
import { agentlessConfiguration, type ExtraModule, jeaConfiguration } from './session-configuration.ts';

export interface PowershellHostSettings extends IisSettings {
  readonly powershell: Powershell;
  readonly extraModules: readonly ExtraModule[];
}

/**
 * A machine on which a real PowerShell runs the shipped module over a practice Windows, one process a shell. Its clock is
 * this machine's.
 */
export async function startPowershellPracticeHost(settings: PowershellHostSettings): Promise<PracticeHost> {
  const { spec, folder, powershell, extraModules, restartMilliseconds } = settings;
  const { pathOf } = powershell;
  const faults = new HostFaults();
  const iis = new PracticeIis(settings, faults);
  const security = new FileSecurityTable(folder.root);
  if (spec.limits !== undefined) {
    for (const path of [folder.webConfig, dirname(folder.webConfig)])
      security.set(path, trustedInstaller.sddl);
  }
  const service = await startPracticeWebService(iis, (name, input) => callMachine(machine, name, input));
  const machine: Machine = {
    root: folder.root,
    iis,
    faults,
    security,
    sites: spec.limits === undefined ? [] : practiceSites(spec, service.port),
    pathOf,
    pathFrom: powershell.pathFrom,
  };
  const { address, port } = service;
  const windows = new PracticeWindowsFolder({ spec, folder, pathOf, address, port, restartMilliseconds });
  const engineOf = (name: string, text: string) => {
    const configuration = windows.writeConfiguration(name, text);
    return createPowershellEngine(() => powershellCommand(powershell, configuration, windows.path));
  };
  const jea = engineOf('WsusBot', jeaConfiguration(pathOf, extraModules));
  const agentless = engineOf('Microsoft.PowerShell', agentlessConfiguration(pathOf, extraModules));
  return {
    endpoints: new Map([
      ['wsusbot', jea],
      ['microsoft.powershell', agentless],
    ]),
    commandLine: powershellCommandLine(powershell, windows.path),
    stats: () => ({ restarts: iis.restarts.length, writes: windows.writes }),
    effectiveLimits: () => iis.effectiveLimits,
    setFaults: (all, config) => {
      faults.set(all, config);
      windows.setFaults(all);
    },
    killEngine: () => {
      void jea.kill();
      void agentless.kill();
    },
    close: async () => {
      await Promise.all([jea.kill(), agentless.kill()]);
      await service.close();
      security.close();
    },
  };
}
