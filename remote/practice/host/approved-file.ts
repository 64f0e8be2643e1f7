import { readFile } from 'node:fs/promises';
import { windowsPaths } from '../practice-folder.ts';
import { administrators, trustedInstaller } from './file-owners.ts';
import { FunctionFailure } from './function-failure.ts';
import { type Refused, refused } from './refused.ts';
import { AccessDenied, readConfig, replaceConfig } from './server-disk.ts';
import { sha256Of } from './sha256.ts';
import type { SimulatedHost, StepListener } from './simulated-host.ts';

/** Web.config as it is now, if it is the approved one. */
export async function readApproved(host: SimulatedHost, sha256Before: string): Promise<Buffer | Refused> {
  try {
    const bytes = await readConfig(host.settings.folder.webConfig, host);
    return sha256Of(bytes) === sha256Before ? bytes : stale;
  } catch (error) {
    if (error instanceof AccessDenied) return refused('file-not-readable', 'access to Web.config is denied');
    throw error;
  }
}

export interface Placed {
  readonly writtenAt: string;
  readonly leftDifferent: string[];
}

/**
 * The steps `write` and `verify-file`: puts the bytes in the place of the approved file and reads them back. Answers when it
 * was written. Throws FunctionFailure when another file is there afterwards.
 */
export async function putInPlace(
  host: SimulatedHost,
  step: StepListener,
  bytes: Uint8Array,
  sha256Before: string,
): Promise<Placed | Refused> {
  const path = host.settings.folder.webConfig;
  await step('write');
  const writtenAt = host.settings.now();
  try {
    if (!(await replaceConfig({ path, bytes, sha256Before, writtenAt }, host))) return stale;
  } catch (error) {
    if (error instanceof AccessDenied)
      return refused('file-not-writable', 'Web.config could not be replaced');
    throw error;
  }
  host.writes++;
  host.ownerIsAdministrators = host.has('owner-not-put-back');
  await step('verify-file');
  if (sha256Of(await readFile(path)) !== sha256Of(bytes)) {
    throw new FunctionFailure(
      'Web.config changed while it was being verified',
      'FileChangedDuringVerification',
    );
  }
  return { writtenAt: writtenAt.toISOString(), leftDifferent: host.ownerIsAdministrators ? [ownerLeft] : [] };
}

const ownerLeft = `the owner is ${administrators.owner} and was ${trustedInstaller.owner}: icacls "${windowsPaths.webConfig}" /setowner "${trustedInstaller.owner}"`;

const stale = refused('stale', 'Web.config is not the file that the plan was made for');
