import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { cutLines, ellipsis, hostLines, inlineName, pathLines, wordLines } from '../../cards/cut-text.ts';

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
  assert.equal(inlineName('a'.repeat(60)), `${'a'.repeat(23)}…`);
  assert.equal(inlineName(`${'Anna '.repeat(12)}`).length, 40);
});

it('does not cut a surrogate pair in two', () => {
  assert.equal(ellipsis('𝒲𝒲𝒲', 2), '𝒲…');
});
