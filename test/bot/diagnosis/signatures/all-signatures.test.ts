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

  for (const { id, heading, cause, why, remedy, link, variants = {} } of allSignatures) {
    test(`${id} says what happened, why and what to do, in words that fit a card`, () => {
      for (const words of [{}, ...Object.values(variants)]) {
        const told = { heading, cause, why, remedy, ...words };
        assert.ok(told.heading.length <= 60, told.heading);
        assert.ok(told.cause.length > 0 && told.why.length > 0 && told.remedy.length > 0);
        assert.doesNotMatch(
          [told.heading, told.cause, told.why, ...told.remedy].join(' '),
          /failed to|unable to|please|sorry|simply|!|\s{2}|\u200b/i,
        );
      }
      if (link !== null) assert.equal(new URL(link.url).protocol, 'https:');
    });
  }
});
