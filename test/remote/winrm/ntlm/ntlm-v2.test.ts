import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  encodeClientChallenge,
  exchangeSessionKey,
  fileTime,
  lmV2Response,
  ntowfV2,
  ntProof,
  sessionBaseKey,
} from '../../../../remote/winrm/ntlm/ntlm-v2.ts';
import { vectors } from './vectors.ts';

const blob = encodeClientChallenge({
  time: Buffer.alloc(8),
  challenge: vectors.clientChallenge,
  targetInfo: vectors.targetInfo,
});

test('NTOWFv2 is that of MS-NLMP 4.2.4.1.1', () => {
  assert.deepEqual(ntowfV2(vectors.account), vectors.ntowfV2);
});

test('only the user is upper-cased for NTOWFv2, and a letter without a single upper case stays', () => {
  const account = { user: 'straße', domain: 'dom', password: 'p' };
  assert.deepEqual(ntowfV2(account), ntowfV2({ ...account, user: 'STRAßE' }));
  assert.notDeepEqual(ntowfV2(account), ntowfV2({ ...account, domain: 'DOM' }));
});

test('the proof is that of MS-NLMP 4.2.4.2.2', () => {
  assert.deepEqual(ntProof(vectors.ntowfV2, vectors.serverChallenge, blob), vectors.ntProof);
});

test('the session base key is that of MS-NLMP 4.2.4.1.2', () => {
  assert.deepEqual(sessionBaseKey(vectors.ntowfV2, vectors.ntProof), vectors.sessionBaseKey);
});

test('the LMv2 response is that of MS-NLMP 4.2.4.2.1', () => {
  assert.deepEqual(
    lmV2Response(vectors.ntowfV2, vectors.serverChallenge, vectors.clientChallenge),
    vectors.lmV2,
  );
});

test('the encrypted session key is that of MS-NLMP 4.2.4.2.3', () => {
  assert.deepEqual(
    exchangeSessionKey(vectors.sessionBaseKey, vectors.exportedSessionKey),
    vectors.encryptedSessionKey,
  );
});

test('a FILETIME counts 100 ns from 1601', () => {
  assert.equal(fileTime(0).readBigUInt64LE(), 116_444_736_000_000_000n);
  assert.equal(fileTime(Date.UTC(1601, 0, 1)).readBigUInt64LE(), 0n);
});
