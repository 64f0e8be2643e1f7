import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeAuthenticateMessage } from '../../../../remote/winrm/ntlm/authenticate-message.ts';
import { type AvPair, avIds, decodeAvPairs, findAvPair } from '../../../../remote/winrm/ntlm/av-pairs.ts';
import { encodeChallengeMessage } from '../../../../remote/winrm/ntlm/challenge-message.ts';
import { negotiateFlags, offeredFlags } from '../../../../remote/winrm/ntlm/negotiate-flags.ts';
import { createNtlmClient } from '../../../../remote/winrm/ntlm/ntlm-client.ts';
import { clientChallengeTargetInfoAt, fileTime, ntowfV2 } from '../../../../remote/winrm/ntlm/ntlm-v2.ts';
import { verifyAuthenticate } from '../../../../remote/winrm/ntlm/verify-authenticate.ts';
import { vectors } from './vectors.ts';

const randomBytes = (size: number) => Buffer.alloc(size, size === 8 ? 0xaa : 0x55);
const timestamp: AvPair = { id: avIds.timestamp, value: fileTime(1_700_000_000_000) };
const domain: AvPair = { id: avIds.nbDomainName, value: Buffer.from('Domain', 'utf16le') };

function shakeHands(targetInfo: readonly AvPair[], account = vectors.account, flags = offeredFlags) {
  const challenge = encodeChallengeMessage({
    flags,
    serverChallenge: vectors.serverChallenge,
    targetName: 'Server',
    targetInfo,
  });
  const client = createNtlmClient({ account, randomBytes, now: () => 0 });
  const { message, context } = client.authenticate(challenge);
  return { handshake: { negotiate: client.negotiateMessage, challenge, authenticate: message }, context };
}

const keyOf = (named: { user: string; domain: string }) =>
  named.user.toLowerCase() === 'user' ? ntowfV2({ ...named, password: 'Password' }) : undefined;

test('client and server agree on a context after a handshake with MIC', () => {
  const { handshake, context } = shakeHands([domain, timestamp]);
  const verified = verifyAuthenticate(handshake, keyOf);
  assert.ok(verified.ok);
  assert.deepEqual(verified.context.unwrap(context.wrap(Buffer.from('there'))), Buffer.from('there'));
  assert.deepEqual(context.unwrap(verified.context.wrap(Buffer.from('back'))), Buffer.from('back'));
});

test("with the server's timestamp the client uses it, sends no LM response and announces a MIC", () => {
  const message = decodeAuthenticateMessage(shakeHands([domain, timestamp]).handshake.authenticate);
  const blob = message.ntResponse.subarray(16);
  const pairs = decodeAvPairs(blob.subarray(clientChallengeTargetInfoAt));
  assert.deepEqual(blob.subarray(8, 16), timestamp.value);
  assert.deepEqual(message.lmResponse, Buffer.alloc(24));
  assert.equal(findAvPair(pairs, avIds.flags)?.readUInt32LE(), 2);
});

test('without a timestamp the client uses its own clock and sends LMv2', () => {
  const { handshake } = shakeHands([domain]);
  const message = decodeAuthenticateMessage(handshake.authenticate);
  assert.deepEqual(message.ntResponse.subarray(24, 32), fileTime(0));
  assert.deepEqual(message.lmResponse, vectors.lmV2);
  assert.ok(verifyAuthenticate(handshake, keyOf).ok);
});

test('a wrong password is refused', () => {
  const { handshake } = shakeHands([timestamp], { ...vectors.account, password: 'password' });
  assert.deepEqual(verifyAuthenticate(handshake, keyOf), { ok: false, reason: 'wrong-proof' });
});

test('an unknown account is refused', () => {
  const { handshake } = shakeHands([timestamp], { ...vectors.account, user: 'nobody' });
  assert.deepEqual(verifyAuthenticate(handshake, keyOf), { ok: false, reason: 'unknown-account' });
});

test('a negotiate message that was changed on the way is found by the MIC', () => {
  const { handshake } = shakeHands([timestamp]);
  const negotiate = Buffer.from(handshake.negotiate);
  negotiate.writeUInt8(negotiate.readUInt8(15) ^ 0x80, 15);
  assert.deepEqual(verifyAuthenticate({ ...handshake, negotiate }, keyOf), {
    ok: false,
    reason: 'wrong-mic',
  });
});

test('a server that does not offer key exchange is refused before a proof is sent', () => {
  assert.throws(
    () => shakeHands([timestamp], vectors.account, (offeredFlags & ~negotiateFlags.keyExchange) >>> 0),
    {
      code: 'protocol.unsupported',
    },
  );
});

test('the password is not in the messages in any plain form', () => {
  const { handshake } = shakeHands([timestamp], { ...vectors.account, password: 'S3cret-Passphrase' });
  const sent = Buffer.concat([handshake.negotiate, handshake.authenticate]);
  assert.equal(sent.includes(Buffer.from('S3cret', 'utf16le')), false);
  assert.equal(sent.includes('S3cret'), false);
});
