import { accessSync, constants, globSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programFolders } from './program-folders.ts';

/** A PowerShell 7 and how it is started. */
export interface Powershell {
  readonly file: string;
  /** Before PowerShell's own arguments: what `file` is to run, when it is not PowerShell itself (Wine). */
  readonly args: readonly string[];
  /** Added to the few variables that every engine gets. */
  readonly env: Readonly<Record<string, string>>;
  /** A path of this machine as this PowerShell writes it. */
  pathOf(path: string): string;
  /** And back. */
  pathFrom(path: string): string;
}

/** What to do when there is none. */
export const powershellMissing =
  'PowerShell 7 was not found: run "bash .ci/get-powershell" in the checkout, or set WSUS_BOT_PWSH to the path of pwsh.';

const tools = fileURLToPath(new URL('../../../.tools/powershell/pwsh', import.meta.url));

/** The one that WSUS_BOT_PWSH names; without it the checkout's own in .tools, or the one on the PATH. */
export function findPowershell(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Powershell | undefined {
  const candidates = env.WSUS_BOT_PWSH
    ? [env.WSUS_BOT_PWSH]
    : [tools, ...programFolders(env).map((folder) => join(folder, 'pwsh'))];
  const file = candidates.find(isProgram);
  return file === undefined
    ? undefined
    : { ...programOf(realpathSync(file), env), env: {}, pathOf: unchanged, pathFrom: unchanged };
}

/**
 * What to start. A PowerShell that was installed as a .NET tool is a small program that starts the real one as another process, which
 * would outlive it when it is killed: then the real one.
 */
function programOf(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Pick<Powershell, 'file' | 'args'> {
  const [assembly] = globSync('.store/powershell/*/powershell/*/tools/*/any/unix/pwsh.dll', {
    cwd: dirname(file),
  });
  const folders = [env.DOTNET_ROOT ?? '', ...programFolders(env), '/usr/share/dotnet', '/usr/lib/dotnet'];
  const dotnet = folders.map((folder) => join(folder, 'dotnet')).find(isProgram);
  return assembly === undefined || dotnet === undefined
    ? { file, args: [] }
    : { file: dotnet, args: [join(dirname(file), assembly)] };
}

const unchanged = (path: string): string => path;

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
