/** The NTLMv2 example of MS-NLMP 4.2.4: User, Password, Domain; time zero. */
const hex = (text: string) => Buffer.from(text, 'hex');

export const vectors = {
  account: { user: 'User', domain: 'Domain', password: 'Password' },
  serverChallenge: hex('0123456789abcdef'),
  clientChallenge: hex('aaaaaaaaaaaaaaaa'),
  exportedSessionKey: hex('55555555555555555555555555555555'),
  targetInfo: hex('02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000'),
  ntowfV2: hex('0c868a403bfd7a93a3001ef22ef02e3f'),
  ntProof: hex('68cd0ab851e51c96aabc927bebef6a1c'),
  sessionBaseKey: hex('8de40ccadbc14a82f15cb0ad0de95ca3'),
  lmV2: hex('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa'),
  encryptedSessionKey: hex('c5dad2544fc9799094ce1ce90bc9d03e'),
  clientSigningKey: hex('4788dc861b4782f35d43fd98fe1a2d39'),
  clientSealingKey: hex('59f600973cc4960a25480a7c196e4c58'),
  serverSigningKey: hex('d04d6f10741041d1d246d64188d7a8ad'),
  serverSealingKey: hex('9355f3a957c1583d25c4c2f11e40390e'),
  plaintext: Buffer.from('Plaintext', 'utf16le'),
  sealed: hex('54e50165bf1936dc996020c1811b0f06fb5f'),
  signature: hex('010000007fb38ec5c55d497600000000'),
};
