import { join } from 'node:path';
import type { PowershellCommand } from '../../local/powershell-process.ts';
import type { Powershell } from './find-powershell.ts';

const passedOn = ['PATH', 'DOTNET_ROOT', 'LANG', 'LC_ALL'] as const;

/** A PowerShell in its server mode with this session configuration, over the practice Windows of this folder. */
export function powershellCommand(
  powershell: Powershell,
  configuration: string,
  practice: string,
): PowershellCommand {
  const { file, args, pathOf } = powershell;
  return {
    file,
    args: [...args, '-NoLogo', '-NoProfile', '-ConfigurationFile', pathOf(configuration), '-sshs'],
    env: powershellEnvironment(powershell, practice),
  };
}

/** The variables that a PowerShell of a practice server gets, and no others. */
export function powershellEnvironment(
  { env, pathOf }: Powershell,
  practice: string,
): Readonly<Record<string, string>> {
  const inherited = passedOn.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(inherited),
    // Caches go with the server's folder; a killed .NET process would leave its diagnostic pipes behind.
    HOME: join(practice, 'home'),
    DOTNET_EnableDiagnostics: '0',
    POWERSHELL_TELEMETRY_OPTOUT: '1',
    POWERSHELL_UPDATECHECK: 'Off',
    WSUS_BOT_PRACTICE: pathOf(practice),
    ...env,
  };
}
