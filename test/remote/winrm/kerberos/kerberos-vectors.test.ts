import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodeAuthenticator } from '../../../../remote/winrm/kerberos/ap-req.ts';
import {
  decrypt,
  deriveKey,
  encrypt,
  type KerberosKey,
  keyUsages,
} from '../../../../remote/winrm/kerberos/kerberos-key.ts';
import { encodeKerberosTime } from '../../../../remote/winrm/kerberos/kerberos-time.ts';
import { nFold } from '../../../../remote/winrm/kerberos/n-fold.ts';
import { openToken, sealToken, signToken } from '../../../../remote/winrm/kerberos/wrap-token.ts';
import * as vectors from './vectors.ts';

const { keys, plain, confounder } = vectors;
const sequence = BigInt(vectors.ownSequence);

describe('the published examples of RFC 3961, A.1', () => {
  for (const [text, size, hex] of [
    ['012345', 8, 'be072631276b1955'],
    ['password', 7, '78a07b6caf85fa'],
    ['Rough Consensus, and Running Code', 8, 'bb6ed30870b7f0e0'],
    ['password', 21, '59e4a8ca7c0385c3c37b3f6d2000247cb6e6bd5b3e'],
    ['MASSACHVSETTS INSTITVTE OF TECHNOLOGY', 24, 'db3b0d8f0b061e603282b308a50841229ad798fab9540c1b'],
    ['Q', 21, '518a54a2 15a8452a 518a54a2 15a8452a 518a54a2 15'],
    ['kerberos', 16, '6b65726265726f737b9b5b2b93132b93'],
  ] as const) {
    test(`${text} folds to ${size} bytes`, () => {
      assert.equal(nFold(Buffer.from(text), size).toString('hex'), hex.replaceAll(' ', ''));
    });
  }
});

describe('bytes that MIT krb5 took', () => {
  for (const enctype of [17, 18] as const) {
    test(`keys of enctype ${enctype} are derived alike`, () => {
      const { encrypting, protecting } = vectors.derived[enctype];
      assert.equal(deriveKey(keys[enctype], 24, 0xaa).toString('hex'), encrypting);
      assert.equal(deriveKey(keys[enctype], 24, 0x55).toString('hex'), protecting);
    });

    test(`what an acceptor sealed with enctype ${enctype} opens`, () => {
      const token = Buffer.from(vectors.fromAcceptor[enctype], 'hex');
      const place = { key: keys[enctype], flags: 7, sequence: BigInt(vectors.peerSequence) };
      assert.deepEqual(
        openToken(place, { signature: token.subarray(0, 60), sealed: token.subarray(60) }),
        plain,
      );
    });
  }

  for (const { enctype, flags, header, data } of vectors.wrapped) {
    test(`a token of enctype ${enctype} with flags ${flags}`, () => {
      const { signature, sealed } = sealToken({ key: keys[enctype], flags, sequence }, plain, confounder);
      assert.deepEqual([signature.toString('hex'), sealed.toString('hex')], [header, data]);
    });
  }

  test('the MIC over the list that has Kerberos alone', () => {
    const list = Buffer.from('300b06092a864886f712010202', 'hex');
    assert.equal(
      signToken({ key: keys[18], flags: 6, sequence }, list).toString('hex'),
      '040404ffffffffff000000000102030445ed87d7fdaed82af72b21b9',
    );
  });

  test('an Authenticator, plain and sealed', () => {
    const encoded = encodeAuthenticator({
      client: { type: 1, realm: 'EXAMPLE.TEST', components: ['winrmtest'] },
      time: encodeKerberosTime(Date.UTC(2026, 10, 25, 13)),
      microseconds: 123456,
      subkey: vectors.subkey,
      sequence: vectors.ownSequence,
      channelBindings: undefined,
    });
    assert.equal(encoded.toString('hex'), vectors.authenticator);
    const sealed = encrypt(keys[18], keyUsages.apReqAuthenticator, encoded, confounder);
    assert.equal(sealed.length, 197);
    assert.ok(sealed.toString('hex').startsWith('f9dfb2508897566487e4d766b5d8da0b'));
    assert.ok(sealed.toString('hex').endsWith('14842701fb86856ca8274f'));
  });
});

test('every changed byte of a token is found, wherever it is', () => {
  const token = Buffer.from(vectors.fromAcceptor[18], 'hex');
  const place = { key: keys[18], flags: 7, sequence: BigInt(vectors.peerSequence) };
  for (let at = 0; at < token.length; at += 1) {
    const changed = Buffer.from(token);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.throws(
      () => openToken(place, { signature: changed.subarray(0, 60), sealed: changed.subarray(60) }),
      { name: 'ProtocolError' },
      `byte ${at}`,
    );
  }
});

test('a token sealed for the other direction is refused', () => {
  const key: KerberosKey = keys[18];
  const own = sealToken({ key, flags: 6, sequence }, plain, confounder);
  own.signature[2] = 7;
  assert.throws(() => openToken({ key, flags: 7, sequence }, own), { code: 'protocol.signature-wrong' });
});

test('a header that was changed so that the ciphertext still opens is refused by its copy inside', () => {
  const token = Buffer.from(vectors.fromAcceptor[18], 'hex');
  const place = { key: keys[18], flags: 7, sequence: BigInt(vectors.peerSequence) };
  // 4 extra bytes and a rotation of 24: as far as 28, and 4 bytes of the text would be cut off.
  token.writeUInt16BE(4, 4);
  token.writeUInt16BE(24, 6);
  const message = { signature: token.subarray(0, 60), sealed: token.subarray(60) };
  assert.throws(() => openToken(place, message), { code: 'protocol.signature-wrong' });
});

test('a token that does not say that the acceptor chose the key is not the one that was to come', () => {
  const place = { key: keys[18], sequence };
  const message = sealToken({ ...place, flags: 3 }, plain, confounder);
  assert.deepEqual(openToken({ ...place, flags: 3 }, message), plain);
  assert.throws(() => openToken({ ...place, flags: 7 }, message), { code: 'protocol.malformed' });
});

test('what was encrypted opens again at every length around a block', () => {
  for (const enctype of [17, 18] as const) {
    for (let length = 0; length <= 50; length += 1) {
      const text = Buffer.alloc(length, length);
      const sealed = encrypt(keys[enctype], 1, text, confounder);
      assert.equal(sealed.length, length + 28);
      assert.deepEqual(decrypt(keys[enctype], 1, sealed, 'testing'), text);
    }
  }
});
