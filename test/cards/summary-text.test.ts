import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { summaryName } from '../../cards/summary-text.ts';
import { inEnglish } from './in-english.ts';

it('keeps a plain name', () => {
  assert.equal(inEnglish(summaryName('wsus-emea-frankfurt-dmz-02.corp')), 'wsus-emea-frankfurt-dmz-02.corp');
});

it('leaves nothing that Markdown, markup or a template could be', () => {
  assert.equal(inEnglish(summaryName(`[x](http://y) **b** <at>z</at> $\{1+1}`)), 'x http y b at z at 1 1');
});

it('is never empty and never longer than 40 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const text = inEnglish(summaryName(name));
      assert.ok(text.length > 0 && text.length <= 40);
      assert.doesNotMatch(text, /[[\]*_<>`${}\p{Cc}\p{Cf}]/u);
    }),
  );
});
