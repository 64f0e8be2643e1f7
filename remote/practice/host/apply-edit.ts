import { type ApplyRequest, type ApplyResult, backupNameOf } from '../../contract.ts';
import { windowsPaths } from '../practice-folder.ts';
import { putInPlace, readApproved } from './approved-file.ts';
import { writeBackup } from './backups.ts';
import { NotEditable } from './config-encoding.ts';
import { editDigits } from './edit-digits.ts';
import { refused } from './refused.ts';
import { AccessDenied } from './server-disk.ts';
import { sha256Of } from './sha256.ts';
import type { SimulatedHost, StepListener } from './simulated-host.ts';

/**
 * Set-WsusBotLimit: reads Web.config again, works the edit out by itself, and replaces the file only when both hashes are those that
 * were approved. Whatever is not as it was said to be is refused, with nothing changed. Throws FunctionFailure.
 */
export async function applyEdit(
  host: SimulatedHost,
  request: ApplyRequest,
  step: StepListener,
): Promise<ApplyResult> {
  const { folder } = host.settings;
  await step('read');
  const before = await readApproved(host, request.sha256Before);
  if (!Buffer.isBuffer(before)) return before;
  const after = edited(before, request.edits);
  if (!(after instanceof Uint8Array)) return after;
  if (sha256Of(after) !== request.sha256After) {
    return refused('after-hash-differs', 'this server works the edit out to other bytes than the plan');
  }

  await step('backup');
  const name = backupNameOf(request.changeId);
  try {
    await writeBackup(folder.backups, name, before, host);
  } catch (error) {
    if (error instanceof AccessDenied) return refused('file-not-writable', 'the backup could not be written');
    throw error;
  }

  const placed = await putInPlace(host, step, after, request.sha256Before);
  if ('outcome' in placed) return placed;
  return {
    outcome: 'written',
    backup: { name, path: `${windowsPaths.backups}\\${name}`, sha256: request.sha256Before },
    sha256: request.sha256After,
    writtenAt: placed.writtenAt,
    leftDifferent: placed.leftDifferent,
  };
}

function edited(before: Uint8Array, edits: ApplyRequest['edits']): Uint8Array | ReturnType<typeof refused> {
  try {
    return editDigits(before, edits);
  } catch (error) {
    if (error instanceof NotEditable) return refused('key-not-editable', error.message);
    throw error;
  }
}
