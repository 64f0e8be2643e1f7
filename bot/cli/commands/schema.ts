import { configJsonSchema } from '../../config-schema.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';

export const run: RunCommand = async (_line, terminal) => {
  terminal.stdout.write(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  return exitCodes.fine;
};
