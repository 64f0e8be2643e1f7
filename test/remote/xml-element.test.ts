import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProtocolError } from '../../remote/protocol-error.ts';
import { childOf, encodeXml, encodeXmlText, findElement, parseXml } from '../../remote/xml-element.ts';

const parse = (text: string) => parseXml(text, 'reading a test');

test('elements and attributes are known by their local names, whatever the prefix', () => {
  const root = parse('<q:a xmlns:q="urn:x" xmlns="urn:y"><q:b q:Name="1">one</q:b><b>two</b></q:a>');
  assert.equal(root.name, 'a');
  assert.equal(childOf(root, 'b')?.text, 'one');
  assert.deepEqual([...(childOf(root, 'b')?.attributes ?? [])], [['Name', '1']]);
});

test('an element is found at any depth', () => {
  assert.equal(findElement(parse('<a><b/><c><d>deep</d></c></a>'), 'd')?.text, 'deep');
  assert.equal(findElement(parse('<a/>'), 'd'), undefined);
});

test('entities, character references and CDATA become text', () => {
  assert.equal(
    parse('<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;<![CDATA[&amp;<]]></a>').text,
    '<&>"\'A\u{1F600}&amp;<',
  );
});

test('a byte order mark before the document is passed over', () => {
  assert.equal(parse('\uFEFF<a>x</a>').text, 'x');
});

for (const [what, text] of [
  ['a DTD', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
  ['an unknown entity', '<a>&x;</a>'],
  ['a bare ampersand', '<a>a & b</a>'],
  ['a character reference without its end', '<a b="&#65"/>'],
  ['a character reference out of range', '<a>&#x110000;</a>'],
  ['an element that is not closed', '<a><b></a>'],
  ['two roots', '<a/><b/>'],
  ['no root', ''],
  ['plain text', 'Service Unavailable'],
  ['a thousand levels', `${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}`],
  ['a reserved name', '<a><__proto__/></a>'],
] as const) {
  test(`${what} is refused`, () => {
    assert.throws(() => parse(text), { code: 'protocol.malformed' });
  });
}

const xmlCharacter = fc.oneof(
  fc.constantFrom('\t', '\n', '\r', '&', '<', '>', '"', "'", ']]>', '\u{1F600}'),
  fc.integer({ min: 0x20, max: 0xd7ff }).map((unit) => String.fromCharCode(unit)),
);

test('encoded text is read as it was, in an element and in an attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: xmlCharacter }), (text) => {
      const root = parse(`<a k="${encodeXml(text)}">${encodeXml(text)}<b>${encodeXmlText(text)}</b></a>`);
      assert.equal(root.text, text);
      assert.equal(root.attributes.get('k'), text);
    }),
  );
});

test('no text makes it fail with anything but a coded error', () => {
  const piece = fc.constantFrom(
    '<a',
    '>',
    '</a>',
    '<b/>',
    '&',
    ';',
    '#x',
    '"',
    "'",
    '=',
    ' ',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    'x',
    'constructor',
    '__proto__',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      try {
        parse(pieces.join(''));
      } catch (error) {
        assert.ok(error instanceof ProtocolError, String(error));
      }
    }),
    { numRuns: 2000 },
  );
});
