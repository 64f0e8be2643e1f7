import { win32 } from 'node:path';
import type { PowershellCommand } from './powershell-process.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Of the bot's environment, what Windows, .NET and PowerShell look at. Its secrets are not among them, nor is PSModulePath: that of
 * PowerShell 7 would lead Windows PowerShell to modules it cannot load.
 */
const passedOn =
  /^(?:systemroot|windir|systemdrive|comspec|path|pathext|temp|tmp|tmpdir|home|homedrive|homepath|userprofile|username|userdomain|userdnsdomain|logonserver|computername|appdata|localappdata|programdata|allusersprofile|public|programfiles(?:\(x86\))?|programw6432|commonprogramfiles(?:\(x86\))?|commonprogramw6432|number_of_processors|processor_architecture|os|lang|lc_all|dotnet_root)$/i;

/**
 * How the PowerShell of this machine is started in its server mode: on Windows the Windows PowerShell that came with it, by its full
 * path; elsewhere the `pwsh` of the PATH, which has no WinRM and says so.
 */
export function localPowershell(
  platform: NodeJS.Platform = process.platform,
  env: Environment = process.env,
): PowershellCommand {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && passedOn.test(name) ? [[name, value] as const] : [],
  );
  const root = kept.find(([name]) => name.toLowerCase() === 'systemroot')?.[1] ?? 'C:\\Windows';
  return {
    file:
      platform === 'win32'
        ? win32.join(root, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe')
        : 'pwsh',
    args: ['-s', '-NoLogo', '-NoProfile'],
    env: { ...Object.fromEntries(kept), POWERSHELL_TELEMETRY_OPTOUT: '1', POWERSHELL_UPDATECHECK: 'Off' },
  };
}
