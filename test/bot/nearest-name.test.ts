import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nearestName } from '../../bot/nearest-name.ts';

for (const [written, candidates, nearest] of [
  ['tenat', ['tenant', 'bot'], 'tenant'],
  ['chekc', ['check', 'doctor'], 'check'],
  ['WSUS1', ['wsus01', 'branch'], 'wsus01'],
  ['hosst', ['port', 'host'], 'host'],
  ['zebra', ['tenant', 'bot'], undefined],
  ['a', ['b'], 'b'],
  ['ab', [], undefined],
] as const) {
  test(`the nearest of ${candidates.join(', ') || 'nothing'} to ${written} is ${nearest}`, () => {
    assert.equal(nearestName(written, candidates), nearest);
  });
}

test('one swap, one letter more, one less, one other: all are found', () => {
  const word = fc.stringMatching(/^[a-z]{6,12}$/);
  fc.assert(
    fc.property(word, fc.nat({ max: 4 }), fc.constantFrom('x', 'q'), (name, at, letter) => {
      const [start, end] = [name.slice(0, at), name.slice(at)];
      for (const wrong of [
        `${start}${letter}${end}`,
        `${start}${end.slice(1)}`,
        `${start}${letter}${end.slice(1)}`,
      ]) {
        assert.equal(nearestName(wrong, ['', name]), name);
      }
      assert.equal(nearestName(`${start}${end[1]}${end[0]}${end.slice(2)}`, [name]), name);
    }),
  );
});

test('a text longer than any name has no nearest', () => {
  assert.equal(nearestName('a'.repeat(65), ['a'.repeat(64)]), undefined);
});
