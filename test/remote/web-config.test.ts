import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { planEdit, readLimits } from '../../remote/web-config.ts';
import type { RefusalCode } from '../../remote/web-config-refusal.ts';

type Encoding = 'utf-8' | 'utf-8 with a mark' | 'utf-16le' | 'utf-16be';

function encode(text: string, encoding: Encoding = 'utf-8'): Uint8Array {
  if (encoding === 'utf-8') return new Uint8Array(Buffer.from(text, 'utf8'));
  if (encoding === 'utf-8 with a mark') return new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf8'));
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return new Uint8Array(encoding === 'utf-16le' ? bytes : bytes.swap16());
}

const settings = (body: string, attributes = '') =>
  `<?xml version="1.0"?>\r\n<configuration>\r\n  <appSettings${attributes}>\r\n${body}\r\n  </appSettings>\r\n</configuration>\r\n`;
const limit = '<add key="maxInstalledPrerequisites" value="400"/>';
const plain = settings(`    ${limit}\r\n    <add key="maxCachedUpdates" value="22000"/>`);

function refusalOf(text: string | Uint8Array): { code: RefusalCode; line: number | undefined } {
  const bytes = typeof text === 'string' ? encode(text) : text;
  const plan = planEdit(bytes, { maxInstalledPrerequisites: 800 });
  if (plan.ok) assert.fail('the edit was planned');
  const read = readLimits(bytes).maxInstalledPrerequisites;
  if (plan.reason.code !== 'already-high') {
    assert.equal(read.ok ? 'read' : read.reason.code, plan.reason.code, 'reading and planning agree');
  }
  return { code: plan.reason.code, line: plan.reason.line };
}

describe('planning the edit', () => {
  test('changes one byte for 400 to 800', () => {
    const before = encode(plain);
    const plan = planEdit(before, { maxInstalledPrerequisites: 800 });
    assert.ok(plan.ok);
    const different = [...before.keys()].filter((index) => before[index] !== plan.after[index]);
    assert.equal(plan.after.length, before.length);
    assert.equal(different.length, 1);
    assert.equal(Buffer.from(plan.after).toString(), plain.replace('"400"', '"800"'));
  });

  test('names the line and shows it before and after', () => {
    const plan = planEdit(encode(plain), { maxInstalledPrerequisites: 800 });
    assert.ok(plan.ok);
    assert.deepEqual(plan.changes, [
      {
        key: 'maxInstalledPrerequisites',
        from: 400,
        to: 800,
        line: 4,
        lineText: `    ${limit}`,
        afterLineText: '    <add key="maxInstalledPrerequisites" value="800"/>',
      },
    ]);
  });

  test('raises both keys on one line when the digits before the second grow', () => {
    const one = settings(`${limit}<add value='22000' key='maxCachedUpdates' />`);
    const plan = planEdit(encode(one), { maxInstalledPrerequisites: 1000, maxCachedUpdates: 44000 });
    assert.ok(plan.ok);
    const after = one.replace('400', '1000').replace('22000', '44000');
    assert.equal(Buffer.from(plan.after).toString(), after);
    assert.ok(plan.changes.every((change) => change.afterLineText === after.split('\r\n')[3]));
  });

  test('does not mind a comment, a CDATA section and an instruction that look like the key', () => {
    const text = settings(
      `<!-- ${limit} --><?note ${limit}?>\r\n${limit}<other><![CDATA[${limit}]]></other>`,
    );
    const plan = planEdit(encode(text), { maxInstalledPrerequisites: 800 });
    assert.ok(plan.ok);
    assert.equal(
      Buffer.from(plan.after).toString(),
      text.replace(`\r\n${limit}<other>`, `\r\n${limit.replace('400', '800')}<other>`),
    );
  });

  test('does not change the bytes it was given', () => {
    const before = encode(plain);
    planEdit(before, { maxInstalledPrerequisites: 800 });
    assert.deepEqual(before, encode(plain));
  });

  test('reads a value that stands across lines with lone carriage returns', () => {
    const plan = planEdit(encode(settings('<add\rkey\r=\r"maxInstalledPrerequisites"\rvalue="400"/>')), {
      maxInstalledPrerequisites: 800,
    });
    assert.ok(plan.ok);
    assert.equal(plan.changes[0]?.lineText, 'value="400"/>');
    assert.equal(plan.changes[0]?.line, 8);
  });

  test('refuses the whole plan when one of two keys cannot be raised', () => {
    const plan = planEdit(encode(settings(limit)), {
      maxInstalledPrerequisites: 800,
      maxCachedUpdates: 44000,
    });
    assert.ok(!plan.ok);
    assert.deepEqual([plan.reason.code, plan.reason.key], ['key-missing', 'maxCachedUpdates']);
  });

  for (const target of [0, -1, 1.5, Number.NaN, 1_000_001]) {
    test(`refuses the new value ${target}`, () => {
      const plan = planEdit(encode(plain), { maxInstalledPrerequisites: target });
      assert.ok(!plan.ok && plan.reason.code === 'target-out-of-range');
    });
  }

  test('refuses a plan without a new value', () => {
    const plan = planEdit(encode(plain), {});
    assert.ok(!plan.ok && plan.reason.code === 'no-edits');
  });
});

describe('reading the limits', () => {
  test('answers each key by itself', () => {
    const limits = readLimits(encode(settings('<add key="maxCachedUpdates" value="22000"/>')));
    assert.ok(!limits.maxInstalledPrerequisites.ok);
    assert.deepEqual(limits.maxCachedUpdates, {
      ok: true,
      value: 22000,
      line: 4,
      lineText: '<add key="maxCachedUpdates" value="22000"/>',
    });
  });
});

const refused: readonly (readonly [string, RefusalCode, string, number?])[] = [
  ['a file without the key', 'key-missing', settings('<add key="other" value="1"/>')],
  ['a file without appSettings', 'key-missing', '<configuration/>'],
  ['the key twice', 'key-duplicated', settings(`${limit}\r\n${limit}`), 5],
  ['the key twice in other letters', 'key-duplicated', settings(`${limit}${limit.replace('max', 'MAX')}`)],
  [
    'the key twice, once with a reference',
    'key-duplicated',
    settings(`${limit}${limit.replace('max', '&#109;ax')}`),
  ],
  ['the key in a comment only', 'key-commented-out', settings(`<!-- ${limit} -->`)],
  ['the key in other letters', 'key-disguised', settings(limit.replace('max', 'Max')), 4],
  ['the key with a reference', 'key-disguised', settings(limit.replace('max', '&#x6D;ax'))],
  ['configSource', 'config-source', settings('', ' configSource="limits.config"'), 3],
  ['another file over appSettings', 'config-source', settings(limit, ' file="user.config"'), 3],
  [
    'a protection provider',
    'encrypted',
    settings('', ' configProtectionProvider="RsaProtectedConfigurationProvider"'),
  ],
  ['encrypted data', 'encrypted', settings('<EncryptedData><CipherData/></EncryptedData>')],
  ['clear', 'clear-or-remove', settings(`${limit}\r\n<clear/>`), 5],
  ['remove of the key', 'clear-or-remove', settings(`<remove key="MaxInstalledPrerequisites"/>${limit}`)],
  [
    'a document type',
    'dtd',
    plain.replace('<configuration>', '<!DOCTYPE c [<!ENTITY l "400">]>\r\n<configuration>'),
    2,
  ],
  ['an unclosed element', 'malformed', plain.replace('</appSettings>', '')],
  ['a second root', 'malformed', `${plain}<configuration/>`],
  ['an attribute twice', 'malformed', settings(limit.replace('value', 'value="800" value'))],
  ['an attribute without quotes', 'malformed', settings(limit.replace('"400"', '400'))],
  ['an undefined reference', 'malformed', settings(`${limit}<add key="a" value="&limit;"/>`)],
  ['a bare ampersand', 'malformed', settings(`${limit}<add key="a" value="1 & 2"/>`)],
  ['two hyphens in a comment', 'malformed', settings(`${limit}<!-- a -- b -->`)],
  ['a comment without end', 'malformed', settings(`${limit}<!-- `)],
  ['text after the root', 'malformed', `${plain}x`],
  ['a control character', 'malformed', settings(`${limit}\u0001`)],
  ['an empty file', 'malformed', ''],
  ['a web page', 'not-a-configuration', '<html/>'],
  [
    'appSettings twice',
    'not-a-configuration',
    `<configuration><appSettings>${limit}</appSettings><appSettings/></configuration>`,
  ],
  [
    'the key inside location',
    'key-in-location',
    `<configuration><location path="."><appSettings>${limit}</appSettings></location><appSettings>${limit}</appSettings></configuration>`,
  ],
  [
    'the key outside appSettings',
    'key-misplaced',
    `<configuration><settings>${limit}</settings></configuration>`,
  ],
  ['a key without value', 'not-an-integer', settings('<add key="maxInstalledPrerequisites"/>'), 4],
  ...[
    '0400',
    '400 ',
    ' 400',
    '+400',
    '-400',
    '1e3',
    '4&#48;0',
    '400.0',
    '0x190',
    '',
    '４００',
    '2147483648',
  ].map(
    (value) => [`the value "${value}"`, 'not-an-integer', settings(limit.replace('400', value)), 4] as const,
  ),
  ['800', 'already-high', settings(limit.replace('400', '800')), 4],
  ['more than 800', 'already-high', settings(limit.replace('400', '1000')), 4],
];

describe('a file that is not edited', () => {
  for (const [what, code, text, line] of refused) {
    test(`${what}: ${code}`, () => {
      const found = refusalOf(text);
      assert.equal(found.code, code);
      if (line !== undefined) assert.equal(found.line, line);
    });
  }

  test('a file of more than 1 MB', () => {
    assert.equal(refusalOf(settings(`${limit}<!--${'x'.repeat(1024 * 1024)}-->`)).code, 'too-large');
  });

  const odd: readonly (readonly [string, Uint8Array])[] = [
    ['bytes that are not UTF-8', new Uint8Array(Buffer.from(settings(`${limit}<!-- ü -->`), 'latin1'))],
    ['UTF-16 without a mark', new Uint8Array(Buffer.from(plain, 'utf16le'))],
    [
      'UTF-32',
      new Uint8Array([0xff, 0xfe, 0, 0, ...[...plain].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0])]),
    ],
    ['half a character of UTF-16', encode(plain, 'utf-16le').subarray(0, -1)],
    ['a lone surrogate', encode(settings(`${limit}<!-- \uD800 -->`), 'utf-16le')],
    ['UTF-8 that says it is Latin-1', encode(plain.replace('"1.0"', '"1.0" encoding="iso-8859-1"'))],
    ['UTF-16 that says it is UTF-8', encode(plain.replace('"1.0"', '"1.0" encoding="utf-8"'), 'utf-16be')],
  ];
  for (const [what, bytes] of odd) {
    test(`${what}: unknown-encoding`, () => assert.equal(refusalOf(bytes).code, 'unknown-encoding'));
  }
});

const name = fc
  .stringMatching(/^[a-z][a-zA-Z.]{0,8}$/)
  .filter((text) => !['clear', 'remove', 'add', 'location'].includes(text));
const outside = fc.constantFrom(
  'ü',
  '検',
  '𝒳',
  '&amp;',
  '&#x41;',
  ' ',
  'a',
  '400',
  'maxInstalledPrerequisites',
);
const words = fc.array(outside, { maxLength: 6 }).map((parts) => parts.join(''));
const quoted = fc.tuple(words, fc.constantFrom('"', "'")).map(([text, quote]) => `${quote}${text}${quote}`);
const noise = fc.oneof(
  fc.tuple(fc.constant('<add key="x'), words, fc.constant('" value='), quoted, fc.constant('/>')),
  fc.tuple(fc.constant('<!--'), words, fc.constant('-->')),
  fc.tuple(fc.constant('<?note '), words, fc.constant('?>')),
);
const noises = fc.array(
  noise.map((parts) => parts.join('')),
  { maxLength: 5 },
);
const file = fc.record({
  value: fc.integer({ min: 0, max: 799 }),
  quote: fc.constantFrom('"', "'"),
  keyFirst: fc.boolean(),
  end: fc.constantFrom('\r\n', '\n', '\r', '\n\n', ''),
  before: noises,
  after: noises,
  section: name.filter((text) => text !== 'appSettings'),
  encoding: fc.constantFrom<Encoding>('utf-8', 'utf-8 with a mark', 'utf-16le', 'utf-16be'),
  declared: fc.boolean(),
});

function build(
  parts: typeof file extends fc.Arbitrary<infer Value> ? Value : never,
  value: number,
): Uint8Array {
  const { quote, end, encoding } = parts;
  const attributes = [`key=${quote}maxInstalledPrerequisites${quote}`, `value=${quote}${value}${quote}`];
  if (!parts.keyFirst) attributes.reverse();
  const declaration = `<?xml version="1.0"${parts.declared ? ` encoding="${encoding.startsWith('utf-16') ? 'utf-16' : 'UTF-8'}"` : ''}?>`;
  const text = [
    declaration,
    `<configuration><${parts.section} a='1'/>`,
    '<appSettings>',
    ...parts.before,
    `<add ${attributes.join(' ')} />`,
    ...parts.after,
    '</appSettings></configuration>',
  ].join(end);
  return encode(text, encoding);
}

describe('any file', () => {
  test('comes out as if it had been written with the new value', () => {
    fc.assert(
      fc.property(file, fc.integer({ min: 800, max: 1_000_000 }), (parts, target) => {
        const plan = planEdit(build(parts, parts.value), { maxInstalledPrerequisites: target });
        assert.ok(plan.ok);
        assert.deepEqual(plan.after, build(parts, target));
      }),
      { numRuns: 500 },
    );
  });

  test('is not edited a second time, and reads as planned', () => {
    fc.assert(
      fc.property(file, (parts) => {
        const plan = planEdit(build(parts, parts.value), { maxInstalledPrerequisites: 800 });
        assert.ok(plan.ok);
        const again = planEdit(plan.after, { maxInstalledPrerequisites: 800 });
        assert.ok(!again.ok && again.reason.code === 'already-high');
        const read = readLimits(plan.after).maxInstalledPrerequisites;
        assert.ok(read.ok && read.value === 800);
      }),
    );
  });

  test('of random bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        planEdit(bytes, { maxInstalledPrerequisites: 800 });
      }),
    );
  });

  test('with a byte knocked over is refused, or edited in its digits alone', () => {
    fc.assert(
      fc.property(fc.nat(encode(plain).length - 1), fc.nat(255), (index, byte) => {
        const bytes = encode(plain);
        bytes[index] = byte;
        const plan = planEdit(bytes, { maxInstalledPrerequisites: 999_999 });
        if (!plan.ok) return;
        const [change] = plan.changes;
        assert.ok(change);
        const before = Buffer.from(bytes).toString('latin1');
        const after = Buffer.from(plan.after).toString('latin1');
        assert.equal(after.replace('"999999"', `"${change.from}"`), before);
      }),
      { numRuns: 2000 },
    );
  });
});
