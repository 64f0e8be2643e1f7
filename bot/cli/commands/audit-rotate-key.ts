import { shortId } from '../../audit/audit-finding.ts';
import { rotateKey } from '../../audit/rotate-key.ts';
import { loadConfig } from '../../config.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { withStore } from '../open-store.ts';
import { Printer } from '../terminal.ts';
import { toJsonLine } from '../visible-text.ts';

export const run: RunCommand = ({ config: path, json }, terminal) => {
  const config = loadConfig(path, terminal.env, { secrets: 'store' });
  return withStore(config, async (database) => {
    const { old, key } = await rotateKey(database, config.audit.keyFile, new Date());
    if (json) terminal.stdout.write(`${toJsonLine({ oldKeyId: old.id, keyId: key.id })}\n`);
    else {
      const print = new Printer(terminal.stdout);
      print.marked(
        'good',
        `key ${shortId(key.id)} signs heads from now on, in the place of ${shortId(old.id)}`,
      );
      print.line('  A running bot takes it up by itself. Its id, to keep elsewhere:');
      print.line(`  ${key.id}`);
    }
    return exitCodes.fine;
  });
};
