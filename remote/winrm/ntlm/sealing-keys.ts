import { md5 } from './digests.ts';

export type Direction = 'client-to-server' | 'server-to-client';
export interface DirectionKeys {
  readonly signing: Buffer;
  readonly sealing: Buffer;
}

/** SIGNKEY and SEALKEY with extended session security and 128-bit keys, MS-NLMP 3.4.5.2 and 3.4.5.3. */
export function sealingKeys(exportedSessionKey: Buffer, direction: Direction): DirectionKeys {
  const key = (purpose: 'signing' | 'sealing') =>
    md5(
      exportedSessionKey,
      Buffer.from(`session key to ${direction} ${purpose} key magic constant\0`, 'latin1'),
    );
  return { signing: key('signing'), sealing: key('sealing') };
}
