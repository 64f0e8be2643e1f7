import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { press } from '../../cards/blocks/buttons.ts';
import { stripName } from '../../cards/blocks/strip.ts';
import { cutLines, ellipsis, hostLines, inlineName, pathLines, wordLines } from '../../cards/cut-text.ts';
import type { Words } from '../../cards/own-text.ts';
import { summaryName } from '../../cards/summary-text.ts';
import { inEnglish } from './in-english.ts';

it('cuts a path after its backslashes, in lines of at most 36 columns', () => {
  assert.deepEqual(
    pathLines('C:\\Program Files\\Update Services\\WebServices\\ClientWebService\\Web.config'),
    ['C:\\Program Files\\Update Services\\', 'WebServices\\ClientWebService\\', 'Web.config'],
  );
});

it('neither loses nor adds a character when it cuts', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (text, width) => {
      const lines = cutLines(text, width, '\\.-');
      assert.equal(lines.join(''), text);
      assert.ok(lines.every((line) => [...line].length <= width));
    }),
  );
});

it('ends a line of a command between two words, and loses none', () => {
  assert.deepEqual(
    wordLines('Select-String ThrowException SoftwareDistribution.log | Select-Object -Last 20', 36),
    ['Select-String ThrowException', 'SoftwareDistribution.log |', 'Select-Object -Last 20'],
  );
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '-', ' ') }),
      fc.integer({ min: 1, max: 9 }),
      (text, width) => {
        const lines = wordLines(text, width);
        assert.equal(lines.join(' '), text);
        assert.ok(lines.every((line) => line.length <= width || !line.includes(' ')));
      },
    ),
  );
});

it('puts the domain of a long host on a line of its own', () => {
  assert.deepEqual(hostLines('wsus01.corp.contoso.com'), { name: ['wsus01'], domain: 'corp.contoso.com' });
  assert.deepEqual(hostLines('wsus01.contoso.com'), { name: ['wsus01.contoso.com'], domain: undefined });
});

it('shortens a name at 40 characters and a piece without a break at 24', () => {
  assert.equal(inlineName('Mara Lindqvist'), 'Mara Lindqvist');
  assert.equal(inlineName('a'.repeat(60)), `${'a'.repeat(15)}…${'a'.repeat(8)}`);
  assert.equal(inlineName(`${'Anna '.repeat(12)}`).length, 40);
});

it('keeps long names apart that differ at their end, in sentences, strips, buttons and summaries', () => {
  for (const place of [
    'wsus-production-frankfurt-datacenter-east-b-',
    'wsusproductionfrankfurtdatacentereastwing',
  ]) {
    const [one, other] = [`${place}01`, `${place}02`];
    for (const shown of [
      inlineName,
      (name: string) => stripName(name).plainCharacters(),
      (name: string) => inEnglish(press({ check: name }, 'T').title as Words),
      (name: string) => inEnglish(summaryName(name)),
    ]) {
      assert.ok(shown(one).includes('…') && shown(one).length <= 40, shown(one));
      assert.notEqual(shown(one), shown(other));
    }
  }
});

it('does not cut a surrogate pair in two', () => {
  assert.equal(ellipsis('𝒲𝒲𝒲', 2), '𝒲…');
});
