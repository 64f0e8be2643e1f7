import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sizeText } from '../../cards/size-text.ts';
import { inEnglish } from './in-english.ts';

for (const [bytes, text] of [
  [0, '0 bytes'],
  [812, '812 bytes'],
  [1_024, '1 KB'],
  [4_000, '4 KB'],
  [999_000, '976 KB'],
  [1_024_000, '1 MB'],
  [1_300_000, '1.2 MB'],
  [10 * 1024 ** 2, '10 MB'],
  [134_217_728, '128 MB'],
  [1_024 ** 3, '1 GB'],
  [1_300_000_000, '1.2 GB'],
  [64 * 1024 ** 3, '64 GB'],
  [-5, '0 bytes'],
] as const) {
  test(`${bytes} is ${text}`, () => assert.equal(inEnglish(sizeText(bytes)).replace('\u00a0', ' '), text));
}
