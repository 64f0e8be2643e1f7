import { decodeAuthenticateMessage, withMic, zeroMic } from './authenticate-message.ts';
import { avFlagMic, avIds, decodeAvPairs, findAvPair } from './av-pairs.ts';
import { decodeChallengeMessage } from './challenge-message.ts';
import { sameBytes } from './digests.ts';
import { hasFlags, negotiateFlags, requiredFlags } from './negotiate-flags.ts';
import {
  clientChallengeTargetInfoAt,
  exchangeSessionKey,
  messageIntegrityCode,
  ntProof,
  sessionBaseKey,
} from './ntlm-v2.ts';
import { SecurityContext } from './security-context.ts';

/** The three messages of one handshake, exactly as they went over the socket. */
export interface Handshake {
  readonly negotiate: Buffer;
  readonly challenge: Buffer;
  readonly authenticate: Buffer;
}

export type Verification =
  | {
      readonly ok: true;
      readonly user: string;
      readonly domain: string;
      readonly context: SecurityContext;
      /** What the client says ties it to its TLS channel. */
      readonly channelBindings: Buffer | undefined;
    }
  | {
      readonly ok: false;
      readonly reason: 'flags' | 'unknown-account' | 'wrong-proof' | 'mic-missing' | 'wrong-mic';
    };

/**
 * The server's side of NTLMv2 (MS-NLMP 3.2.5.1.2): proof, key exchange and MIC.
 * `keyOf` answers an account's NTOWFv2 as computed with the domain that the client named, or undefined.
 * @throws ProtocolError on a malformed message
 */
export function verifyAuthenticate(
  handshake: Handshake,
  keyOf: (account: { readonly user: string; readonly domain: string }) => Buffer | undefined,
): Verification {
  const message = decodeAuthenticateMessage(handshake.authenticate);
  const { serverChallenge, targetInfo } = decodeChallengeMessage(handshake.challenge);
  if (!hasFlags(withImpliedFlags(message.flags), requiredFlags)) return { ok: false, reason: 'flags' };
  const { user, domain } = message;
  const key = keyOf({ user, domain });
  if (key === undefined) return { ok: false, reason: 'unknown-account' };
  const proof = message.ntResponse.subarray(0, 16);
  const blob = message.ntResponse.subarray(16);
  if (blob.length < clientChallengeTargetInfoAt + 4 || message.encryptedSessionKey.length !== 16) {
    return { ok: false, reason: 'wrong-proof' };
  }
  if (!sameBytes(proof, ntProof(key, serverChallenge, blob))) return { ok: false, reason: 'wrong-proof' };
  const exportedKey = exchangeSessionKey(sessionBaseKey(key, proof), message.encryptedSessionKey);
  const pairs = decodeAvPairs(blob.subarray(clientChallengeTargetInfoAt));
  const announced = findAvPair(pairs, avIds.flags);
  const micAnnounced = announced?.length === 4 && (announced.readUInt32LE() & avFlagMic) !== 0;
  const micNeeded = findAvPair(targetInfo, avIds.timestamp) !== undefined;
  if (micNeeded && !micAnnounced) return { ok: false, reason: 'mic-missing' };
  if (micAnnounced) {
    if (message.mic === undefined) return { ok: false, reason: 'mic-missing' };
    const unsigned = withMic(handshake.authenticate, zeroMic);
    const expected = messageIntegrityCode(exportedKey, handshake.negotiate, handshake.challenge, unsigned);
    if (!sameBytes(expected, message.mic)) return { ok: false, reason: 'wrong-mic' };
  }
  return {
    ok: true,
    user,
    domain,
    context: new SecurityContext(exportedKey, 'server'),
    channelBindings: findAvPair(pairs, avIds.channelBindings),
  };
}

/** Who seals also signs: python3-ntlm-auth loses the bit that says so, and Windows lets it in. */
function withImpliedFlags(flags: number): number {
  return hasFlags(flags, negotiateFlags.seal) ? (flags | negotiateFlags.sign) >>> 0 : flags;
}
