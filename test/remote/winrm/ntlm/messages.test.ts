import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProtocolError } from '../../../../remote/protocol-error.ts';
import {
  decodeAuthenticateMessage,
  encodeAuthenticateMessage,
} from '../../../../remote/winrm/ntlm/authenticate-message.ts';
import { avIds, decodeAvPairs, encodeAvPairs, withAvPair } from '../../../../remote/winrm/ntlm/av-pairs.ts';
import {
  decodeChallengeMessage,
  encodeChallengeMessage,
} from '../../../../remote/winrm/ntlm/challenge-message.ts';
import {
  decodeNegotiateMessage,
  encodeNegotiateMessage,
} from '../../../../remote/winrm/ntlm/negotiate-message.ts';
import { vectors } from './vectors.ts';

const flags = fc.integer({ min: 0, max: 0xffffffff });
const bytes = (size: number) =>
  fc.uint8Array({ minLength: size, maxLength: size }).map((b) => Buffer.from(b));
const avPair = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.uint8Array({ maxLength: 40 }))
  .map(([id, value]) => ({ id, value: Buffer.from(value) }));

test('a negotiate message is read as it was written', () => {
  fc.assert(
    fc.property(flags, (value) => {
      assert.deepEqual(decodeNegotiateMessage(encodeNegotiateMessage({ flags: value })), { flags: value });
    }),
  );
});

test('a challenge message is read as it was written', () => {
  fc.assert(
    fc.property(
      flags,
      bytes(8),
      fc.string(),
      fc.array(avPair),
      (value, serverChallenge, targetName, targetInfo) => {
        const message = { flags: value, serverChallenge, targetName, targetInfo };
        assert.deepEqual(decodeChallengeMessage(encodeChallengeMessage(message)), message);
      },
    ),
  );
});

test('an authenticate message is read as it was written', () => {
  const blob = fc.uint8Array({ maxLength: 80 }).map((b) => Buffer.from(b));
  fc.assert(
    fc.property(
      flags,
      fc.string(),
      fc.string(),
      fc.string(),
      blob,
      blob,
      blob,
      bytes(16),
      (value, domain, user, workstation, lmResponse, ntResponse, encryptedSessionKey, mic) => {
        const message = {
          flags: value,
          domain,
          user,
          workstation,
          lmResponse,
          ntResponse,
          encryptedSessionKey,
          mic,
        };
        assert.deepEqual(decodeAuthenticateMessage(encodeAuthenticateMessage(message)), message);
      },
    ),
  );
});

test('an authenticate message without room for a MIC has none', () => {
  const user = Buffer.from('User', 'utf16le');
  const old = Buffer.alloc(72);
  old.write('NTLMSSP\0', 'latin1');
  old.writeUInt32LE(3, 8);
  old.writeUInt16LE(user.length, 36);
  old.writeUInt32LE(72, 40);
  const message = decodeAuthenticateMessage(Buffer.concat([old, user, Buffer.alloc(40)]));
  assert.equal(message.mic, undefined);
  assert.equal(message.user, 'User');
});

test('the target information of the published example holds domain and server', () => {
  const pairs = decodeAvPairs(vectors.targetInfo);
  assert.deepEqual(
    pairs.map(({ id, value }) => [id, value.toString('utf16le')]),
    [
      [avIds.nbDomainName, 'Domain'],
      [avIds.nbComputerName, 'Server'],
    ],
  );
  assert.deepEqual(encodeAvPairs(pairs), vectors.targetInfo);
});

test('setting a pair replaces every one of its kind', () => {
  const old = { id: avIds.flags, value: Buffer.from([1]) };
  const other = { id: avIds.nbDomainName, value: Buffer.from([2]) };
  assert.deepEqual(withAvPair([old, other, old], avIds.flags, Buffer.from([9])), [
    other,
    { id: avIds.flags, value: Buffer.from([9]) },
  ]);
});

test('no bytes make a decoder fail with anything but a coded error', () => {
  const decoders = [decodeNegotiateMessage, decodeChallengeMessage, decodeAuthenticateMessage, decodeAvPairs];
  const header = (type: number) =>
    fc.uint8Array({ maxLength: 160 }).map((rest) => {
      const head = Buffer.from('NTLMSSP\0\0\0\0\0', 'latin1');
      head.writeUInt32LE(type, 8);
      return Buffer.concat([head, rest]);
    });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 120 }).map((b) => Buffer.from(b)),
        header(1),
        header(2),
        header(3),
      ),
      (input) => {
        for (const decode of decoders) {
          try {
            decode(input);
          } catch (error) {
            assert.ok(error instanceof ProtocolError, String(error));
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});
