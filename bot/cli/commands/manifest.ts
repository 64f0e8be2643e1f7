import { writeFileSync } from 'node:fs';
import { packApp } from '../../../manifest/pack.ts';
import { loadConfig } from '../../config.ts';
import { ConfigError } from '../../config-error.ts';
import { exampleId } from '../../missing-for-serve.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { FileError } from '../file-error.ts';
import { Printer } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { programVersion } from '../version.ts';
import { toJsonLine } from '../visible-text.ts';

export const run: RunCommand = async ({ config: path, out, json }, terminal) => {
  if (out === undefined) throw new UsageError('manifest needs --out FILE, for example --out app.zip');
  const config = loadConfig(path, terminal.env, { secrets: 'ignore' });
  const { appId } = config.bot;
  if (appId === undefined) {
    const problems = [
      { line: 1, text: 'bot.appId is missing; expected: the application id of the bot registration' },
    ];
    throw new ConfigError('config.incomplete', { doing: 'packing the Teams app', file: path, problems });
  }
  const version = programVersion();
  const bytes = packApp({ appId, version, developer: config.developer });
  try {
    writeFileSync(out, bytes);
  } catch (error) {
    throw new FileError('cli.file-not-writable', `writing ${out}`, error);
  }
  if (json) {
    terminal.stdout.write(`${toJsonLine({ file: out, bytes: bytes.length, id: appId, version })}\n`);
  } else {
    const print = new Printer(terminal.stdout);
    print.marked('good', `${out}: version ${version}, app ${appId}, ${bytes.length} bytes`);
    if (appId === exampleId) {
      print.marked(
        'warning',
        'The app id is the one of the example. Set "bot.appId" in wsus-bot.yaml before you upload the app.',
      );
    }
    if (config.developer === undefined) {
      print.marked(
        'warning',
        'The publisher is a placeholder. Set "developer" in wsus-bot.yaml before others install the app.',
      );
    }
    print.line('  Next: in Teams, Apps, Manage your apps, Upload an app.');
  }
  return exitCodes.fine;
};
