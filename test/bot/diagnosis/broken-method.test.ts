import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { diagnose } from '../../../bot/diagnosis/diagnose.ts';

/** The actor of ClientWebService and the message of KB 4096317, and last of all the name of another method. */
const text = readFileSync(
  new URL(
    '../../corpus/cases/other-invalid-parameters/same-message-other-method-with-actor.txt',
    import.meta.url,
  ),
  'utf8',
).trimEnd();

const broken = (width: number, between: string): string =>
  text.match(new RegExp(`.{1,${width}}`, 'g'))?.join(between) ?? '';

describe('a fault of another method, which its actor alone would not tell', () => {
  for (const [how, between] of [
    ['broken over lines', '\n'],
    ['broken over lines that a chat joined with blanks', ' '],
    ['broken over lines of which the mail quotes the later ones', '\n> '],
  ] as const) {
    test(`${how} at any column, never leads to the edit`, () => {
      for (let width = 1; width < text.length; width += 1) {
        assert.equal(diagnose(broken(width, between)).mayPropose, false, `after ${width} letters`);
      }
    });
  }
});
