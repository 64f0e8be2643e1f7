import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseXml } from '../../remote/parse-xml.ts';
import { encodeXml, encodeXmlText, findElement } from '../../remote/xml-element.ts';

const parse = (text: string) => parseXml(text, 'reading a test');

test('an element is found at any depth', () => {
  assert.equal(findElement(parse('<a><b/><c><d>deep</d></c></a>'), 'd')?.text, 'deep');
  assert.equal(findElement(parse('<a/>'), 'd'), undefined);
});

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
