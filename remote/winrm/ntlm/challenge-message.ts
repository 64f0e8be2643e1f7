import { type AvPair, decodeAvPairs, encodeAvPairs } from './av-pairs.ts';
import {
  checkNtlmHeader,
  ntlmSignature,
  ntlmVersion,
  readPayloadField,
  writePayloadField,
} from './ntlm-fields.ts';

export interface ChallengeMessage {
  readonly flags: number;
  /** 8 bytes */
  readonly serverChallenge: Buffer;
  readonly targetName: string;
  readonly targetInfo: readonly AvPair[];
}

/** CHALLENGE_MESSAGE (type 2), MS-NLMP 2.2.1.2. */
export function encodeChallengeMessage(message: ChallengeMessage): Buffer {
  const name = Buffer.from(message.targetName, 'utf16le');
  const info = encodeAvPairs(message.targetInfo);
  const head = Buffer.alloc(56);
  ntlmSignature.copy(head, 0);
  head.writeUInt32LE(2, 8);
  writePayloadField(head, 12, name.length, 56);
  head.writeUInt32LE(message.flags, 20);
  message.serverChallenge.copy(head, 24, 0, 8);
  writePayloadField(head, 40, info.length, 56 + name.length);
  ntlmVersion.copy(head, 48);
  return Buffer.concat([head, name, info]);
}

/** @throws ProtocolError */
export function decodeChallengeMessage(bytes: Buffer): ChallengeMessage {
  const doing = 'reading the NTLM challenge';
  checkNtlmHeader(bytes, 2, 48, doing);
  const info = readPayloadField(bytes, 40, doing).value;
  return {
    flags: bytes.readUInt32LE(20),
    serverChallenge: bytes.subarray(24, 32),
    targetName: readPayloadField(bytes, 12, doing).value.toString('utf16le'),
    targetInfo: info.length === 0 ? [] : decodeAvPairs(info),
  };
}
