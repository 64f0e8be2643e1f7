import assert from 'node:assert/strict';
import { it } from 'node:test';
import { durationText, wholeDurationText } from '../../cards/duration-text.ts';
import { inEnglish } from './in-english.ts';

const cases: readonly (readonly [number, string])[] = [
  [0, '0.0 s'],
  [420, '0.4 s'],
  [1_240, '1.2 s'],
  [9_960, '10 s'],
  [11_000, '11 s'],
  [59_600, '1 min'],
  [192_000, '3 min 12 s'],
  [15_780_000, '4 h 23 min'],
  [3_599_600, '1 h'],
  [172_800_000, '2 days'],
];
for (const [milliseconds, text] of cases) {
  it(`writes ${milliseconds} ms as ${text}`, () => {
    assert.equal(inEnglish(durationText(milliseconds)).replaceAll('\u00a0', ' '), text);
  });
}

it('writes elapsed time and estimates without tenths', () => {
  assert.equal(inEnglish(wholeDurationText(3_400)), '3\u00a0s');
  assert.equal(inEnglish(wholeDurationText(30_000)), '30\u00a0s');
});

it('takes a clock that went back for no time at all', () => {
  assert.equal(inEnglish(wholeDurationText(-5_000)), '0\u00a0s');
});
