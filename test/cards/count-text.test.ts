import assert from 'node:assert/strict';
import { it } from 'node:test';
import { countBeside, counted, countText } from '../../cards/count-text.ts';
import { own } from '../../cards/own-text.ts';
import { inEnglish } from './in-english.ts';

it('writes a comma from five digits on', () => {
  assert.deepEqual(
    [412, 9999, 18204, 1234567].map((count) => inEnglish(countText(count))),
    ['412', '9999', '18,204', '1,234,567'],
  );
});

it('knows one from many, and none', () => {
  const clients = (count: number) => inEnglish(counted(count, own`client`, own`clients`));
  assert.deepEqual([0, 1, 37].map(clients), ['0 clients', '1 client', '37 clients']);
});

it('writes a smaller count as the larger one beside it', () => {
  assert.equal(inEnglish(countBeside(9126, 21_874)), '9,126');
  assert.equal(inEnglish(countBeside(912, 21_874)), '912');
  assert.equal(inEnglish(countBeside(1204, 4310)), '1204');
});
