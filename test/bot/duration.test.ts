import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration } from '../../bot/duration.ts';

for (const [text, milliseconds] of [
  ['60 min', 3_600_000],
  ['1min', 60_000],
  ['2 h', 7_200_000],
  ['1 day', 86_400_000],
  ['7 days', 604_800_000],
  ['0 min', undefined],
  ['8 days', undefined],
  ['60', undefined],
  ['1.5 h', undefined],
  ['60  min', undefined],
  ['90 s', undefined],
] as const) {
  test(`${text} is ${milliseconds === undefined ? 'refused' : `${milliseconds} ms`}`, () => {
    assert.equal(parseDuration(text), milliseconds);
  });
}
