import { readFile } from 'node:fs/promises';
import { type ApplyRequest, type ApplyResult, backupNameOf } from '../../contract.ts';
import { windowsPaths } from '../practice-folder.ts';
import { writeBackup } from './backups.ts';
import { NotEditable } from './config-encoding.ts';
import { editDigits } from './edit-digits.ts';
import { FunctionFailure } from './function-failure.ts';
import { refused } from './refused.ts';
import { AccessDenied, readConfig, replaceConfig } from './server-disk.ts';
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
  const { folder, now } = host.settings;
  await step('read');
  const before = await readOrUndefined(host);
  if (before === undefined) return refused('file-not-readable', 'access to Web.config is denied');
  if (sha256Of(before) !== request.sha256Before) return stale;
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

  await step('write');
  const writtenAt = now();
  const replaced = await replaceOrUndefined(host, {
    bytes: after,
    sha256Before: request.sha256Before,
    writtenAt,
  });
  if (replaced === undefined) return refused('file-not-writable', 'access to Web.config is denied');
  if (!replaced) return stale;
  host.writes++;

  await step('verify-file');
  await verify(folder.webConfig, request.sha256After);
  return {
    outcome: 'written',
    backup: { name, path: `${windowsPaths.backups}\\${name}`, sha256: request.sha256Before },
    sha256: request.sha256After,
    writtenAt: writtenAt.toISOString(),
    leftDifferent: [],
  };
}

const stale = refused('stale', 'Web.config is not the file that the plan was made for');

function edited(before: Uint8Array, edits: ApplyRequest['edits']): Uint8Array | ReturnType<typeof refused> {
  try {
    return editDigits(before, edits);
  } catch (error) {
    if (error instanceof NotEditable) return refused('key-not-editable', error.message);
    throw error;
  }
}

/** Web.config, or undefined when it may not be read. */
export async function readOrUndefined(host: SimulatedHost): Promise<Buffer | undefined> {
  try {
    return await readConfig(host.settings.folder.webConfig, host);
  } catch (error) {
    if (error instanceof AccessDenied) return undefined;
    throw error;
  }
}

/** True when replaced, false when the file had moved on, undefined when it may not be written. */
export async function replaceOrUndefined(
  host: SimulatedHost,
  replacement: { bytes: Uint8Array; sha256Before: string; writtenAt: Date },
): Promise<boolean | undefined> {
  try {
    return await replaceConfig({ path: host.settings.folder.webConfig, ...replacement }, host);
  } catch (error) {
    if (error instanceof AccessDenied) return undefined;
    throw error;
  }
}

/** Reads the file that was just put in place. Throws FunctionFailure when it is another. */
export async function verify(path: string, sha256: string): Promise<void> {
  if (sha256Of(await readFile(path)) === sha256) return;
  throw new FunctionFailure(
    'Web.config changed while it was being verified',
    'FileChangedDuringVerification',
  );
}
