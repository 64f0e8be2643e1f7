import { loadConfig } from '../../config.ts';
import { ConfigError } from '../../config-error.ts';
import { missingForServe } from '../../missing-for-serve.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';

export const run: RunCommand = async ({ config: path }, terminal) => {
  const config = loadConfig(path, terminal.env);
  const missing = missingForServe(config);
  if (missing.length > 0) {
    const problems = missing.map((text) => ({ text }));
    throw new ConfigError('config.incomplete', { doing: 'starting the bot', file: path, problems });
  }
  // Loaded only now: the other commands need neither the Bot Framework nor the store.
  const { serve } = await import('../../main.ts');
  await serve(config);
  return exitCodes.fine;
};
