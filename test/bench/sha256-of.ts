import { createHash } from 'node:crypto';

/** Lower-case hex, as the contract wants it. */
export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
