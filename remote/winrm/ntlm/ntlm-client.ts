import { ProtocolError } from '../../protocol-error.ts';
import { type AccountKind, accountKind } from './account-kind.ts';
import { encodeAuthenticateMessage, withMic, zeroMic } from './authenticate-message.ts';
import { avFlagMic, avIds, encodeAvPairs, findAvPair, withAvPair } from './av-pairs.ts';
import { decodeChallengeMessage } from './challenge-message.ts';
import { hasFlags, offeredFlags, requiredFlags } from './negotiate-flags.ts';
import { encodeNegotiateMessage } from './negotiate-message.ts';
import {
  encodeClientChallenge,
  exchangeSessionKey,
  fileTime,
  lmV2Response,
  messageIntegrityCode,
  ntowfV2,
  ntProof,
  sessionBaseKey,
} from './ntlm-v2.ts';
import { SecurityContext } from './security-context.ts';

export interface NtlmClientOptions {
  readonly account: { readonly domain: string; readonly user: string; readonly password: string };
  /** Cryptographically random bytes. */
  readonly randomBytes: (size: number) => Buffer;
  /** Milliseconds since 1970; used only for a server that gives no timestamp. */
  readonly now: () => number;
  /** Of the TLS channel below (tls/channel-bindings.ts), 16 bytes. */
  readonly channelBindings?: Buffer | undefined;
}

export interface NtlmClient {
  /** The type 1 message. */
  readonly negotiateMessage: Buffer;
  /** The type 3 message for this challenge, and the context that the socket uses from then on. @throws ProtocolError */
  authenticate(challengeMessage: Buffer): {
    readonly message: Buffer;
    readonly context: SecurityContext;
    /** What the challenge tells about the account, for a sign-in that is refused. */
    readonly account: AccountKind;
    /** The server gave no time, so that the message carries ours. */
    readonly usesOurClock: boolean;
  };
}

/** The client's side of one NTLMv2 handshake with MIC and key exchange (MS-NLMP 3.1.5). One per socket. */
export function createNtlmClient(options: NtlmClientOptions): NtlmClient {
  const { account, randomBytes, now, channelBindings } = options;
  const negotiateMessage = encodeNegotiateMessage({ flags: offeredFlags });
  return {
    negotiateMessage,
    authenticate(challengeMessage) {
      const challenge = decodeChallengeMessage(challengeMessage);
      const flags = (challenge.flags & offeredFlags) >>> 0;
      if (!hasFlags(flags, requiredFlags)) {
        throw new ProtocolError(
          'protocol.unsupported',
          'reading the NTLM challenge',
          'sealing with 128-bit keys is not offered',
        );
      }
      const key = ntowfV2(account);
      const timestamp = findAvPair(challenge.targetInfo, avIds.timestamp);
      if (timestamp !== undefined && timestamp.length !== 8) {
        throw new ProtocolError('protocol.malformed', 'reading the NTLM challenge', 'timestamp');
      }
      const clientChallenge = randomBytes(8);
      const given = timestamp === undefined ? challenge.targetInfo : announceMic(challenge.targetInfo);
      const pairs =
        channelBindings === undefined ? given : withAvPair(given, avIds.channelBindings, channelBindings);
      const blob = encodeClientChallenge({
        time: timestamp ?? fileTime(now()),
        challenge: clientChallenge,
        targetInfo: encodeAvPairs(pairs),
      });
      const proof = ntProof(key, challenge.serverChallenge, blob);
      const exportedKey = randomBytes(16);
      const unsigned = encodeAuthenticateMessage({
        flags,
        domain: account.domain,
        user: account.user,
        workstation: '',
        lmResponse:
          timestamp === undefined
            ? lmV2Response(key, challenge.serverChallenge, clientChallenge)
            : Buffer.alloc(24),
        ntResponse: Buffer.concat([proof, blob]),
        encryptedSessionKey: exchangeSessionKey(sessionBaseKey(key, proof), exportedKey),
        mic: zeroMic,
      });
      const message =
        timestamp === undefined
          ? unsigned
          : withMic(
              unsigned,
              messageIntegrityCode(exportedKey, negotiateMessage, challengeMessage, unsigned),
            );
      return {
        message,
        context: new SecurityContext(exportedKey, 'client'),
        account: accountKind(account, challenge.targetInfo),
        usesOurClock: timestamp === undefined,
      };
    },
  };
}

function announceMic(pairs: Parameters<typeof withAvPair>[0]) {
  const value = Buffer.alloc(4);
  const present = findAvPair(pairs, avIds.flags);
  value.writeUInt32LE(((present?.length === 4 ? present.readUInt32LE() : 0) | avFlagMic) >>> 0);
  return withAvPair(pairs, avIds.flags, value);
}
