import { findingText } from '../../audit/audit-finding.ts';
import { createHeadSigner } from '../../audit/head-signer.ts';
import { headLine } from '../../audit/signed-head.ts';
import { loadConfig } from '../../config.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { withStore } from '../open-store.ts';
import { Printer } from '../terminal.ts';

export const run: RunCommand = ({ config: path }, terminal) => {
  const config = loadConfig(path, terminal.env, { secrets: 'store' });
  return withStore(config, async (database) => {
    const signer = createHeadSigner({ database, ...config.audit, now: () => new Date() });
    const answer = await signer.sign(0);
    if (answer.kind === 'signed') {
      terminal.stdout.write(`${headLine(answer.head)}\n`);
      return exitCodes.fine;
    }
    const print = new Printer(terminal.stderr);
    if (answer.kind === 'nothing-new')
      print.marked('warning', 'there are no entries, so there is nothing to sign');
    else {
      print.marked('bad', 'nothing is signed: the audit is not as it was written');
      for (const finding of answer.findings) print.line(`  ${findingText(finding)}`);
    }
    return answer.kind === 'nothing-new' ? exitCodes.problemFound : exitCodes.auditBroken;
  });
};
