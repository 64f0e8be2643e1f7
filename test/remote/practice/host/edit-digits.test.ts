import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NotEditable } from '../../../../remote/practice/host/config-encoding.ts';
import { editDigits, readLimit } from '../../../../remote/practice/host/edit-digits.ts';
import { webConfigText } from '../../../../remote/practice/web-config-text.ts';
import { planEdit } from '../../../../remote/web-config.ts';

const original = Buffer.from(webConfigText({ maxInstalledPrerequisites: 400, maxCachedUpdates: 22000 }));
const document = (settings: string): Buffer =>
  Buffer.from(
    `<?xml version="1.0" encoding="utf-8"?>\r\n<configuration><appSettings>${settings}</appSettings></configuration>\r\n`,
  );
const entry = '<add key="maxInstalledPrerequisites" value="400"/>';

test('raising 400 to 800 changes one byte', () => {
  const after = editDigits(original, { maxInstalledPrerequisites: 800 });
  const differing = [...original.keys()].filter((index) => original[index] !== after[index]);
  assert.equal(after.length, original.length);
  assert.equal(differing.length, 1);
});

test('two keys are edited at once, also when the number of digits changes', () => {
  const after = editDigits(original, { maxCachedUpdates: 144000, maxInstalledPrerequisites: 1000 });
  const expected = original.toString().replace('"400"', '"1000"').replace('"22000"', '"144000"');
  assert.equal(Buffer.from(after).toString(), expected);
});

test('both implementations work out the same bytes, whatever stands around the digits', () => {
  const indent = fc.constantFrom('', ' ', '\t', '\r\n    ', '\n');
  const noise = fc.constantFrom(
    '',
    '<!-- <add key="maxInstalledPrerequisites" value="1"/> -->',
    '<add key="other" value="400"/>',
    "<add value='&lt;400&gt;' key='é'/>",
    '<?note maxInstalledPrerequisites="400"?>',
  );
  const quote = fc.constantFrom('"', "'");
  fc.assert(
    fc.property(
      fc.record({
        indent,
        before: noise,
        after: noise,
        quote,
        valueFirst: fc.boolean(),
        from: fc.integer({ min: 1, max: 999 }),
        to: fc.integer({ min: 1000, max: 999_999 }),
        mark: fc.constantFrom('none', 'utf8', 'utf16le', 'utf16be'),
      }),
      (made) => {
        const [key, value] = [
          `key=${made.quote}maxInstalledPrerequisites${made.quote}`,
          `value=${made.quote}${made.from}${made.quote}`,
        ];
        const add = `<add ${made.valueFirst ? `${value} ${key}` : `${key}  ${value}`} />`;
        const text = document([made.before, add, made.after].join(made.indent))
          .toString()
          .replace('utf-8', made.mark.startsWith('utf16') ? 'utf-16' : 'utf-8');
        const bytes = encode(text, made.mark);
        const plan = planEdit(bytes, { maxInstalledPrerequisites: made.to });
        assert.ok(plan.ok, JSON.stringify(plan));
        assert.deepEqual(
          Buffer.from(editDigits(bytes, { maxInstalledPrerequisites: made.to })),
          Buffer.from(plan.after),
        );
      },
    ),
  );
});

function encode(text: string, mark: string): Buffer {
  switch (mark) {
    case 'utf8':
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]);
    case 'utf16le':
      return Buffer.from(`\uFEFF${text}`, 'utf16le');
    case 'utf16be':
      return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
    default:
      return Buffer.from(text);
  }
}

for (const [what, settings] of [
  ['a missing key', '<add key="other" value="400"/>'],
  ['a key that only a comment holds', `<!-- ${entry} -->`],
  ['a duplicated key', entry + entry],
  ['a key duplicated in another case', entry + entry.replace('max', 'MAX')],
  ['a value with a leading zero', entry.replace('400', '0400')],
  ['a value with a blank', entry.replace('400', '400 ')],
  ['a value written with a reference', entry.replace('400', '&#52;00')],
  ['a removed key', `<remove key="maxInstalledPrerequisites"/>${entry}`],
  ['an element that is not closed', `${entry}<add key="a" value="b">`],
  ['an attribute that stands twice', entry.replace('value', 'value="1" value')],
] as const) {
  test(`${what} is refused`, () => {
    assert.throws(() => editDigits(document(settings), { maxInstalledPrerequisites: 800 }), NotEditable);
  });
}

for (const [what, from, to] of [
  ['settings kept in another file', '<appSettings>', '<appSettings configSource="app.config">'],
  ['encrypted settings', '<appSettings>', '<appSettings configProtectionProvider="Rsa">'],
  ['a document type', '<configuration>', '<!DOCTYPE configuration []><configuration>'],
  ['settings of one location only', 'configuration>', 'configuration2>'],
  ['an encoding that does not extend ASCII', 'utf-8', 'utf-7'],
] as const) {
  test(`${what} is refused`, () => {
    const bytes = Buffer.from(document(entry).toString().replaceAll(from, to));
    assert.throws(() => editDigits(bytes, { maxInstalledPrerequisites: 800 }), NotEditable);
  });
}

test('no input makes the scanner do anything but answer or refuse', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '/',
    'add',
    ' key="',
    'value=',
    '"',
    "'",
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '=',
    'configuration',
    'appSettings',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      try {
        editDigits(Buffer.from(pieces.join('')), { maxInstalledPrerequisites: 800 });
      } catch (error) {
        assert.ok(error instanceof NotEditable);
      }
    }),
  );
});

test('a limit is read as a worker reads it, and a missing one is undefined', () => {
  assert.equal(readLimit(original, 'maxCachedUpdates'), 22000);
  assert.equal(readLimit(document(''), 'maxCachedUpdates'), undefined);
});
