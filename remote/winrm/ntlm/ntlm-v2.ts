import { hmacMd5, md4 } from './digests.ts';
import { Rc4 } from './rc4.ts';

/** Upper case letter by letter as Windows does it: a letter whose upper case is longer (ß) stays. */
function upperCase(text: string): string {
  return Array.from(text, (letter) => {
    const upper = letter.toUpperCase();
    return upper.length === letter.length ? upper : letter;
  }).join('');
}

/** NTOWFv2, MS-NLMP 3.3.2: the key that stands for the account. Only the user is upper-cased. */
export function ntowfV2(account: {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
}): Buffer {
  const passwordHash = md4(Buffer.from(account.password, 'utf16le'));
  return hmacMd5(passwordHash, Buffer.from(upperCase(account.user) + account.domain, 'utf16le'));
}

export interface ClientChallenge {
  /** FILETIME, 8 bytes little-endian */
  readonly time: Buffer;
  /** 8 random bytes */
  readonly challenge: Buffer;
  /** AV pairs with their end mark */
  readonly targetInfo: Buffer;
}

/** NTLMv2_CLIENT_CHALLENGE, MS-NLMP 2.2.2.7. */
export function encodeClientChallenge(value: ClientChallenge): Buffer {
  return Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    value.time,
    value.challenge,
    Buffer.alloc(4),
    value.targetInfo,
    Buffer.alloc(4),
  ]);
}

/** Where the AV pairs begin in a client challenge. */
export const clientChallengeTargetInfoAt = 28;

/** NTProofStr: the proof of the password over both challenges. */
export function ntProof(key: Buffer, serverChallenge: Buffer, clientChallenge: Buffer): Buffer {
  return hmacMd5(key, serverChallenge, clientChallenge);
}

/** LMv2 response, 24 bytes. Sent only to servers that give no timestamp. */
export function lmV2Response(key: Buffer, serverChallenge: Buffer, challenge: Buffer): Buffer {
  return Buffer.concat([hmacMd5(key, serverChallenge, challenge), challenge]);
}

/** With NTLMv2 the session base key is also the key exchange key. */
export function sessionBaseKey(key: Buffer, proof: Buffer): Buffer {
  return hmacMd5(key, proof);
}

/** Encrypts the exported session key for the server, or decrypts it there: RC4 is its own inverse. */
export function exchangeSessionKey(baseKey: Buffer, sessionKey: Buffer): Buffer {
  return new Rc4(baseKey).update(sessionKey);
}

/** MIC over the three messages, the third with a zero MIC (MS-NLMP 3.1.5.1.2). */
export function messageIntegrityCode(
  exportedKey: Buffer,
  ...messages: readonly [Buffer, Buffer, Buffer]
): Buffer {
  return hmacMd5(exportedKey, ...messages);
}

/** Milliseconds since 1970 as FILETIME: 100 ns since 1601, 8 bytes little-endian. */
export function fileTime(milliseconds: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE((BigInt(Math.trunc(milliseconds)) + 11_644_473_600_000n) * 10_000n);
  return bytes;
}
