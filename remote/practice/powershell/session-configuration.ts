import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A PowerShell module beside the shipped one. */
export interface ExtraModule {
  /** Full path of its .psm1 or .psd1 on this machine. */
  readonly path: string;
  /** Its functions that a restricted session shows. */
  readonly functions: readonly string[];
}

const shipped = fileURLToPath(new URL('../../module/WsusBot/', import.meta.url));
const practiceLayer = fileURLToPath(new URL('practice-windows/PracticeWindows.psm1', import.meta.url));

/**
 * A session configuration file for the endpoint `WsusBot`: the shipped module over the practice layer, of whose functions those are
 * visible that the shipped role capabilities list. They are written out, since PowerShell takes no RoleDefinitions from a file
 * (`-ConfigurationFile`).
 */
export function jeaConfiguration(pathOf: (path: string) => string, extra: readonly ExtraModule[]): string {
  const functions = [...shippedVisibleFunctions(), ...extra.map((module) => quoted(module.functions))];
  return configuration(
    'RestrictedRemoteServer',
    [join(shipped, 'WsusBot.psd1'), practiceLayer, ...extra.map(({ path }) => path)].map(pathOf),
    `VisibleFunctions = ${functions.filter((list) => list !== '').join(', ')}`,
  );
}

/** One for `Microsoft.PowerShell` as Windows has it: everything is there, and nothing of WSUS Bot's. */
export function agentlessConfiguration(
  pathOf: (path: string) => string,
  extra: readonly ExtraModule[],
): string {
  return configuration('Default', [practiceLayer, ...extra.map(({ path }) => path)].map(pathOf), '');
}

function configuration(sessionType: string, modules: readonly string[], more: string): string {
  return [
    '@{',
    "SchemaVersion = '2.0.0.0'",
    "GUID = '5f0fc7a9-4f8e-49b6-8a52-3c1f0f4f6a55'",
    `SessionType = '${sessionType}'`,
    `ModulesToImport = ${quoted(modules)}`,
    more,
    '}',
    '',
  ].join('\n');
}

/** The values of VisibleFunctions in the shipped role capabilities, as they are written there. */
function shippedVisibleFunctions(): string[] {
  const folder = join(shipped, 'RoleCapabilities');
  const files = readdirSync(folder).filter((name) => name.endsWith('.psrc'));
  return files.map((file) => {
    const list = /^\s*VisibleFunctions\s*=\s*@\(([^()]*)\)/m.exec(
      readFileSync(join(folder, file), 'utf8'),
    )?.[1];
    if (list === undefined) throw new Error(`reading ${file}: VisibleFunctions = @(…) is not there`);
    return list.trim();
  });
}

const quoted = (texts: readonly string[]): string =>
  texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ');
