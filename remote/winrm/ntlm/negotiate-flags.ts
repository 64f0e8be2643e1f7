/** NEGOTIATE flags, MS-NLMP 2.2.2.5. */
export const negotiateFlags = {
  unicode: 0x00000001,
  requestTarget: 0x00000004,
  sign: 0x00000010,
  seal: 0x00000020,
  ntlm: 0x00000200,
  alwaysSign: 0x00008000,
  targetTypeDomain: 0x00010000,
  targetTypeServer: 0x00020000,
  extendedSessionSecurity: 0x00080000,
  targetInfo: 0x00800000,
  version: 0x02000000,
  key128: 0x20000000,
  keyExchange: 0x40000000,
  key56: 0x80000000,
} as const;

const f = negotiateFlags;

/** What sealed WinRM needs; without one of these the handshake is refused. An unsigned 32-bit number. */
export const requiredFlags =
  (f.unicode |
    f.sign |
    f.seal |
    f.ntlm |
    f.extendedSessionSecurity |
    f.targetInfo |
    f.key128 |
    f.keyExchange) >>>
  0;

/** What the client offers. */
export const offeredFlags = (requiredFlags | f.requestTarget | f.alwaysSign | f.version | f.key56) >>> 0;

export function hasFlags(flags: number, wanted: number): boolean {
  return (flags & wanted) >>> 0 === wanted >>> 0;
}
