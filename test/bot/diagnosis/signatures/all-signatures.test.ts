import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allSignatures, signatureById } from '../../../../bot/diagnosis/signatures/all-signatures.ts';

describe('the signatures', () => {
  test('have an id each', () => {
    assert.equal(new Set(allSignatures.map(({ id }) => id)).size, allSignatures.length);
    for (const signature of allSignatures) assert.equal(signatureById(signature.id), signature);
  });

  test('are one whose change may be proposed: KB 4096317', () => {
    assert.deepEqual(
      allSignatures.filter(({ mayPropose }) => mayPropose).map(({ id }) => id),
      ['kb4096317'],
    );
  });

  for (const { id, heading, cause, remedy, link } of allSignatures) {
    test(`${id} says what happened and what to do, in words that fit a card`, () => {
      assert.ok(heading.length <= 60, heading);
      assert.ok(cause.length > 0 && remedy.length > 0);
      assert.doesNotMatch(
        [heading, cause, ...remedy].join(' '),
        /failed to|unable to|please|sorry|simply|!/i,
      );
      if (link !== null) assert.equal(new URL(link.url).protocol, 'https:');
    });
  }
});
