import type { RestoreRequest, RestoreResult } from '../../contract.ts';
import { readOrUndefined, replaceOrUndefined, verify } from './apply-edit.ts';
import { readBackup } from './backups.ts';
import { refused } from './refused.ts';
import { sha256Of } from './sha256.ts';
import type { SimulatedHost, StepListener } from './simulated-host.ts';

/** Restore-WsusBotBackup: puts a backup back, byte for byte, when file and backup are those that were approved. Throws FunctionFailure. */
export async function restoreBackup(
  host: SimulatedHost,
  request: RestoreRequest,
  step: StepListener,
): Promise<RestoreResult> {
  const { folder, now } = host.settings;
  await step('read');
  const current = await readOrUndefined(host);
  if (current === undefined) return refused('file-not-readable', 'access to Web.config is denied');
  if (sha256Of(current) !== request.sha256Before) return stale;
  const backup = await readBackup(folder.backups, request.backup);
  if (backup === undefined) return refused('backup-missing', 'there is no backup of this name');
  if (sha256Of(backup) !== request.sha256After)
    return refused('backup-differs', 'the backup is not the file that was saved');

  await step('write');
  const writtenAt = now();
  const replaced = await replaceOrUndefined(host, {
    bytes: backup,
    sha256Before: request.sha256Before,
    writtenAt,
  });
  if (replaced === undefined) return refused('file-not-writable', 'access to Web.config is denied');
  if (!replaced) return stale;
  host.writes++;

  await step('verify-file');
  await verify(folder.webConfig, request.sha256After);
  return {
    outcome: 'restored',
    sha256: request.sha256After,
    writtenAt: writtenAt.toISOString(),
    leftDifferent: [],
  };
}

const stale = refused('stale', 'Web.config is not the file that the plan was made for');
