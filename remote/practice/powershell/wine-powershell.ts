import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Powershell } from './find-powershell.ts';
import type { WineInstallation } from './find-wine.ts';
import { machinePath, winePath } from './wine-path.ts';
import { makeWinePrefix, removeWinePrefix } from './wine-prefix.ts';

/**
 * The Windows build of PowerShell under Wine. Everything that is started with it shares one registry, one set of services and one
 * drive C:.
 */
export interface WinePowershell extends Powershell {
  /** Ends every program in it, and leaves nothing behind. */
  close(): Promise<void>;
}

/** How long, in seconds, Wine waits for another program before it ends by itself, as it has to when we were killed. */
const patience = 60;

export async function startWinePowershell({
  powershell,
  dotnet,
  prefix: prepared,
}: WineInstallation): Promise<WinePowershell> {
  const prefix = await makeWinePrefix(prepared);
  const { drives } = prefix;
  const env = {
    WINEPREFIX: prefix.path,
    WINEDEBUG: '-all',
    // In other locales Wine cannot name every file.
    LC_ALL: 'C.UTF-8',
    DOTNET_ROOT: winePath(dotnet, drives),
    // .NET maps its code twice so that it is never writable and executable at once. Under Wine 8 that ends the process at a
    // garbage collection.
    DOTNET_EnableWriteXorExecute: '0',
  };
  await run('wineserver', [`--persistent=${patience}`], env);
  await run('wine', ['cmd', '/c', 'exit'], env);
  return {
    file: 'wine',
    args: [join(powershell, 'pwsh.exe')],
    env,
    pathOf: (path) => winePath(path, drives),
    pathFrom: (path) => machinePath(path, drives),
    close: async () => {
      await run('wineserver', ['--kill'], env);
      await run('wineserver', ['--wait'], env);
      await removeWinePrefix(prefix);
    },
  };
}

/**
 * Exit codes say little: to end a server that has gone already counts as an error. Wine's own programs (the server, the service
 * manager) go on in the background with what the first program was given, so nothing of ours is given: whoever waits for the end
 * of a PowerShell's output would wait for them.
 */
async function run(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  await once(child, 'exit');
}
