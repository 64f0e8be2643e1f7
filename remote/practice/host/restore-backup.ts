import type { RestoreRequest, RestoreResult } from '../../contract.ts';
import { putInPlace, readApproved } from './approved-file.ts';
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
  const { folder } = host.settings;
  await step('read');
  const current = await readApproved(host, request.sha256Before);
  if (!Buffer.isBuffer(current)) return current;
  const backup = await readBackup(folder.backups, request.backup);
  if (backup === undefined) return refused('backup-missing', 'there is no backup of this name');
  if (sha256Of(backup) !== request.sha256After)
    return refused('backup-differs', 'the backup is not the file that was saved');

  const placed = await putInPlace(host, step, backup, request.sha256Before);
  if ('outcome' in placed) return placed;
  return {
    outcome: 'restored',
    sha256: request.sha256After,
    writtenAt: placed.writtenAt,
    leftDifferent: placed.leftDifferent,
  };
}
