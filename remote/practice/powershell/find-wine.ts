import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programFolders } from './program-folders.ts';

/** Wine, and what `.ci/get-wine-powershell` put beside it. */
export interface WineInstallation {
  /** Folders: PowerShell for Windows, the .NET runtime for Windows, the prefix that every run starts from. */
  readonly powershell: string;
  readonly dotnet: string;
  readonly prefix: string;
}

/** What to do when there is none. */
export const wineMissing =
  'The Windows build of PowerShell was not found: install the packages wine and wine64, then run "bash .ci/get-wine-powershell" in the checkout.';

const tools = fileURLToPath(new URL('../../../.tools/wine/', import.meta.url));

/** The one in the checkout's .tools; undefined also when Wine is not on the PATH. */
export function findWine(
  env: Readonly<Record<string, string | undefined>> = process.env,
): WineInstallation | undefined {
  const folders = programFolders(env);
  const hasWine = ['wine', 'wineserver'].every((program) =>
    folders.some((folder) => existsSync(join(folder, program))),
  );
  // The set-up writes this file last.
  if (!hasWine || !existsSync(join(tools, 'versions'))) return undefined;
  return {
    powershell: join(tools, 'powershell'),
    dotnet: join(tools, 'dotnet'),
    prefix: join(tools, 'prefix'),
  };
}
