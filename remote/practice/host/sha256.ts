import { createHash } from 'node:crypto';

/** Lower-case hex, as everywhere in the contract. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
