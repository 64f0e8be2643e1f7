import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { run, textLine } from '../../../cards/blocks/text-line.ts';
import { outside } from '../../../cards/outside-text.ts';
import { own } from '../../../cards/own-text.ts';
import { nodesOf } from '../../kit/card-reader.ts';
import { elementInEnglish } from '../in-english.ts';

const linesOf = (element: unknown) =>
  nodesOf(elementInEnglish(element))
    .filter((node) => node.type === 'RichTextBlock')
    .map((node) => (node.inlines as { text: string }[]).map((one) => one.text));

it('moves a blank at the start of a run to the end of the one before', () => {
  assert.deepEqual(linesOf(textLine([own`Asked by`, run(own` Mara`, { bold: true }), own` at 02:14`])), [
    ['Asked by ', 'Mara ', 'at 02:14'],
  ]);
});

it('gives a run with its own style the size of its line and nothing else of it', () => {
  const line = elementInEnglish(
    textLine([own`by `, run(own`Mara`, { bold: true })], { small: true, subtle: true }),
  );
  assert.deepEqual(line.inlines, [
    { type: 'TextRun', text: 'by ', isSubtle: true, size: 'Small' },
    { type: 'TextRun', text: 'Mara', weight: 'Bolder', size: 'Small' },
  ]);
});

it('cuts a word that no phone can show, after its punctuation', () => {
  const path = 'Services\\WebServices\\ClientWebService\\Web.config';
  assert.deepEqual(linesOf(textLine([own`Access to `, outside(path), own` is denied`])), [
    ['Access to ', 'Services\\WebServices\\'],
    ['ClientWebService\\Web.config ', 'is denied'],
  ]);
});

it('puts a run that hangs on a long word without a blank onto its own line', () => {
  assert.deepEqual(
    linesOf(textLine([own`Message=parameters.`, outside('InstalledNonLeafUpdateIDs')], { mono: true })),
    [['Message=parameters.'], ['InstalledNonLeafUpdateIDs']],
  );
});

it('loses no character of an outside text, however long its words are', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 200, unit: fc.constantFrom('a', 'b', '.', '\\', '-') }),
      (text) => {
        const lines = linesOf(textLine([outside(text)]));
        assert.equal(lines.flat().join(''), text);
        assert.ok(lines.every((runs) => runs.join('').length <= 28));
      },
    ),
  );
});

it('loses no character where short and long words follow one another', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          'icacls',
          '"C:\\Program',
          'Services\\WebServices\\ClientWebService\\Web.config"',
          'x',
        ),
        {
          minLength: 1,
          maxLength: 12,
        },
      ),
      (words) => {
        const text = words.join(' ');
        assert.equal(
          linesOf(textLine([outside(text)]))
            .flat()
            .join(''),
          text,
        );
      },
    ),
  );
});
