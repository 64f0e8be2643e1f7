import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProtocolError } from '../../../remote/protocol-error.ts';
import {
  type ClixmlValue,
  displayText,
  enumObject,
  extendedObject,
  isClixmlObject,
  listObject,
  propertyOf,
  version,
} from '../../../remote/psrp/clixml-value.ts';
import { deserializeClixml } from '../../../remote/psrp/deserialize-clixml.ts';
import { serializeClixml } from '../../../remote/psrp/serialize-clixml.ts';

const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  maxLength: 20,
});
const { value: anyValue } = fc.letrec<{ value: ClixmlValue; object: ClixmlValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    anyText,
    fc.boolean(),
    fc.integer(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.constant(null),
    tie('object'),
  ),
  object: fc
    .tuple(
      fc.array(anyText, { maxLength: 2 }),
      fc.option(anyText, { nil: undefined }),
      fc.array(fc.tuple(anyText, tie('value')), { maxLength: 3 }),
      fc.option(fc.array(tie('value'), { maxLength: 3 }), { nil: undefined }),
      fc.option(fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 2 }), { nil: undefined }),
    )
    .map(([typeNames, display, properties, list, dictionary]) => ({
      typeNames,
      ...(display === undefined ? {} : { display }),
      extended: new Map(properties),
      adapted: new Map(),
      ...(list === undefined ? {} : { list }),
      ...(dictionary === undefined ? {} : { dictionary }),
    })),
}));

test('any value is read as it was written', () => {
  fc.assert(
    fc.property(anyValue, (value) => assert.deepEqual(deserializeClixml(serializeClixml(value)), value)),
  );
});

test('strings are escaped once for the protocol and once for XML', () => {
  assert.equal(serializeClixml('a<b\n'), '<S>a&#60;b_x000A_</S>');
});

test('type names that come again are written as a reference and read from it', () => {
  const value = listObject([enumObject('T', 'One', 1), enumObject('T', 'Two', 2)]);
  const xml = serializeClixml(value);
  assert.equal(xml.match(/<TNRef RefId="1"\/>/g)?.length, 1);
  assert.deepEqual(deserializeClixml(xml), value);
});

test('the other primitives keep their tag and text', () => {
  assert.deepEqual(deserializeClixml('<Version>2.3</Version>'), version('2.3'));
  assert.deepEqual(deserializeClixml('<DT>2026-01-01T00:00:00Z</DT>'), {
    tag: 'DT',
    text: '2026-01-01T00:00:00Z',
  });
});

test('an object that is referred to again is the same object', () => {
  const value = deserializeClixml(
    '<Obj RefId="0"><MS><Obj N="a" RefId="1"><ToString>x</ToString></Obj><Ref N="b" RefId="1"/></MS></Obj>',
  );
  assert.equal(propertyOf(value, 'a'), propertyOf(value, 'b'));
});

test('an object that refers to itself is read, and has a text', () => {
  const value = deserializeClixml('<Obj RefId="0"><Ref RefId="0"/></Obj>');
  assert.equal(isClixmlObject(value) && value.base === value, true);
  assert.equal(displayText(value), '');
});

test('a surrounding Objs and a byte order mark are accepted', () => {
  assert.equal(
    deserializeClixml(
      '\uFEFF<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><S>x</S></Objs>',
    ),
    'x',
  );
});

test('a string with note properties reads as the string', () => {
  const value = deserializeClixml('<Obj RefId="0"><S>text</S><MS><S N="PSComputerName">w</S></MS></Obj>');
  assert.equal(displayText(value), 'text');
});

for (const [what, xml] of [
  ['an integer out of range', '<I32>2147483648</I32>'],
  ['an integer with a fraction', '<I32>1.5</I32>'],
  ['a boolean of another spelling', '<B>yes</B>'],
  ['a reference to nothing', '<Ref RefId="7"/>'],
  ['a dictionary entry without a value', '<Obj><DCT><En><S N="Key">k</S></En></DCT></Obj>'],
  ['two objects at once', '<Objs><S/><S/></Objs>'],
] as const) {
  test(`${what} is refused`, () => {
    assert.throws(() => deserializeClixml(xml), { code: 'protocol.malformed' });
  });
}

test('properties named like those of every JavaScript object do no harm', () => {
  const value = extendedObject({ constructor: 'a', toString: 'b' });
  assert.deepEqual(deserializeClixml(serializeClixml(value)), value);
  assert.equal(propertyOf(deserializeClixml('<Obj><MS/></Obj>'), 'constructor'), undefined);
});

test('no text makes it fail with anything but a coded error', () => {
  const valid = serializeClixml(listObject([extendedObject({ a: 1, b: 'x' }), null, true, 3n]));
  fc.assert(
    fc.property(
      fc.nat(valid.length),
      fc.nat(30),
      fc.constantFrom('', '<', '>', '/', '&', '"', '<Obj>', '</Obj>', '<Ref/>', 'RefId', '_x0000_'),
      (at, cut, insert) => {
        try {
          deserializeClixml(valid.slice(0, at) + insert + valid.slice(at + cut));
        } catch (error) {
          assert.ok(error instanceof ProtocolError, String(error));
        }
      },
    ),
    { numRuns: 1000 },
  );
});
