import { writeFileSync } from 'node:fs';
import type { ManifestInput } from '../../../manifest/build-manifest.ts';
import { packApp } from '../../../manifest/pack.ts';
import { loadConfig } from '../../config.ts';
import { ConfigError } from '../../config-error.ts';
import { exampleId } from '../../missing-for-serve.ts';
import type { CommandLine, RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { FileError } from '../file-error.ts';
import { Printer } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { programVersion } from '../version.ts';
import { toJsonLine } from '../visible-text.ts';

export const run: RunCommand = async ({ config: path, out, force, json }, terminal) => {
  if (out === undefined) throw new UsageError('manifest needs --out FILE, for example --out app.zip');
  const input = inputFrom(path, terminal.env);
  const bytes = packApp(input);
  writePackage(out, bytes, force);
  const { appId, version, developer } = input;
  if (json) {
    terminal.stdout.write(`${toJsonLine({ file: out, bytes: bytes.length, id: appId, version })}\n`);
    return exitCodes.fine;
  }
  const print = new Printer(terminal.stdout);
  print.marked(
    'good',
    `${out}: version ${version}, app ${appId}, by ${developer.name}, ${bytes.length} bytes`,
  );
  print.line(
    '  Next: upload it in Teams (Apps, Manage your apps), or in the Teams admin centre. See docs/teams.md.',
  );
  return exitCodes.fine;
};

/** What the manifest says, or a ConfigError that names everything it lacks. No secret is read. */
function inputFrom(path: string, env: NodeJS.ProcessEnv): ManifestInput {
  const { bot, developer } = loadConfig(path, env, { secrets: 'ignore' });
  const appId = bot.appId === exampleId ? undefined : bot.appId;
  if (appId !== undefined && developer !== undefined) {
    return { appId, version: programVersion(), developer, takesFiles: true };
  }
  const problems = [
    ...(appId === undefined ? ['bot.appId: the application id of the bot registration'] : []),
    ...(developer === undefined
      ? ['developer: name, websiteUrl, privacyUrl and termsOfUseUrl of who publishes the app in your tenant']
      : []),
  ].map((text) => ({ text: `${text}, in wsus-bot.yaml` }));
  throw new ConfigError('config.incomplete', { doing: 'packing the Teams app', file: path, problems });
}

function writePackage(out: string, bytes: Uint8Array, force: CommandLine['force']): void {
  try {
    writeFileSync(out, bytes, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new FileError(isThere ? 'cli.file-exists' : 'cli.file-not-writable', `writing ${out}`, error);
  }
}
