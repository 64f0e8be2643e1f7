import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { LimitKey } from '../../../remote/contract.ts';
import { planEdit } from '../../../remote/web-config.ts';
import { configVariants } from './config-variants.ts';
import { type Encoding, encode, type GeneratedConfig, generatedConfig } from './generated-config.ts';
import { withoutPowershell } from './in-module.ts';
import { ModuleEditor } from './module-editor.ts';

type Edits = Partial<Record<LimitKey, number>>;

/** Bytes that can be compared and are short to read when they differ. */
const shown = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('the edit of Web.config on the server and in the plan', { skip: withoutPowershell }, () => {
  let editor: ModuleEditor;
  before(() => {
    editor = new ModuleEditor();
  });
  after(() => {
    editor.close();
  });

  const edits = { maxInstalledPrerequisites: 800 };
  for (const { what, bytes, after: expected } of configVariants) {
    test(`${expected === undefined ? 'refuse' : 'edit'} ${what}`, async () => {
      const planned = planEdit(bytes, edits);
      const applied = await editor.edit(bytes, edits);
      if (expected === undefined) {
        assert.ok(!planned.ok, 'the plan refuses');
        assert.ok(!applied.ok, 'the server refuses');
        assert.equal(applied.code, 'key-not-editable');
        assert.match(applied.reason, /^editing Web\.config: ./);
        return;
      }
      assert.ok(planned.ok, 'planned');
      assert.ok(applied.ok, applied.ok ? '' : applied.reason);
      assert.equal(shown(planned.after), shown(expected));
      assert.equal(shown(applied.after), shown(expected));
    });
  }

  test('refuse no edit, and values out of range', async () => {
    const { bytes } = configVariants[0] ?? assert.fail();
    for (const wrong of [{}, { maxInstalledPrerequisites: 0 }, { maxInstalledPrerequisites: 1_000_001 }]) {
      assert.ok(!planEdit(bytes, wrong).ok);
      assert.ok(!(await editor.edit(bytes, wrong)).ok);
    }
  });

  /** Both come to the same bytes, which are answered, or both refuse. */
  async function agreed(bytes: Uint8Array, wanted: Edits): Promise<Uint8Array | undefined> {
    const planned = planEdit(bytes, wanted);
    const applied = await editor.edit(bytes, wanted);
    assert.equal(
      applied.ok ? 'edited' : 'refused',
      planned.ok ? 'edited' : 'refused',
      applied.ok ? '' : applied.reason,
    );
    if (!planned.ok || !applied.ok) return undefined;
    assert.equal(shown(applied.after), shown(planned.after));
    return planned.after;
  }

  const target = fc.integer({ min: 1, max: 1_000_000 });
  const editsOf: fc.Arbitrary<Edits> = fc.oneof(
    fc.record({ maxInstalledPrerequisites: target }),
    fc.record({ maxCachedUpdates: target }),
    fc.record({ maxInstalledPrerequisites: target, maxCachedUpdates: target }),
  );
  const values = fc.record({
    maxInstalledPrerequisites: fc.oneof(
      fc.integer({ min: 0, max: 799 }),
      fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    ),
    maxCachedUpdates: fc.integer({ min: 0, max: 999_999 }),
  });

  test('come to the file as it would have been written with the new values, whatever the file is like', async () => {
    await fc.assert(
      fc.asyncProperty(generatedConfig(true), values, editsOf, async (config, limits, wanted) => {
        const edited = await agreed(encode(config.text(limits), config.encoding), wanted);
        const keys = Object.keys(wanted) as LimitKey[];
        const isHigher = keys.every((key) => (wanted[key] ?? 0) > limits[key]);
        assert.equal(edited !== undefined, isHigher);
        if (edited === undefined) return;
        const expected = encode(config.text({ ...limits, ...wanted }), config.encoding);
        assert.equal(shown(edited), shown(expected));
      }),
      { numRuns: 300 },
    );
  });

  test('both refuse a file with one defect, wherever it is', async () => {
    await fc.assert(
      fc.asyncProperty(generatedConfig(true), fc.constantFrom(...defects), async (config, [, spoil]) => {
        const edited = await agreed(spoil(config), {
          maxInstalledPrerequisites: 1_000_000,
          maxCachedUpdates: 1_000_000,
        });
        assert.equal(edited, undefined);
      }),
      { numRuns: 300 },
    );
  });

  test('never come to other bytes for a file damaged at random, and the server edits none that the plan refuses', async () => {
    await fc.assert(
      fc.asyncProperty(
        generatedConfig(false),
        fc.array(damage, { minLength: 1, maxLength: 2 }),
        async (config, damages) => {
          const text = damages.reduce(damaged, config.text(usual));
          const bytes = encode(text, config.encoding);
          const wanted = { maxInstalledPrerequisites: 800, maxCachedUpdates: 44_000 };
          const planned = planEdit(bytes, wanted);
          const applied = await editor.edit(bytes, wanted);
          if (!applied.ok) return;
          if (!planned.ok) assert.match(text, quotedInstruction);
          else assert.equal(shown(applied.after), shown(planned.after));
        },
      ),
      {
        numRuns: 300,
        examples: [[plainConfig, [{ at: 0, removed: 0, inserted: '<?a b="?>' }]]],
      },
    );
  });
});

/** The plan's second reader takes a quote in a processing instruction for the start of a value; .NET's does not. */
const quotedInstruction = /<\?(?!xml\s).*?["']/s;
const plainConfig: GeneratedConfig = {
  encoding: 'utf-8',
  text: (limits) =>
    `<configuration><appSettings>${Object.entries(limits)
      .map(([key, value]) => `<add key="${key}" value="${value}"/>`)
      .join('')}</appSettings></configuration>`,
};
const usual = { maxInstalledPrerequisites: 400, maxCachedUpdates: 22_000 };

/** A change of the text, encoded as the file was. */
const inText =
  (change: (text: string) => string) =>
  ({ text, encoding }: GeneratedConfig): Uint8Array => {
    const before = text(usual);
    const spoilt = change(before);
    assert.notEqual(spoilt, before);
    return encode(spoilt, encoding);
  };
const putBefore = (end: string, inserted: string) =>
  inText((text) => text.replace(end, () => inserted + end));
const another: Readonly<Record<Encoding, string>> = {
  'utf-8': 'utf-16',
  'utf-8 with a mark': 'iso-8859-1',
  'utf-16le': 'utf-16be',
  'utf-16be': 'utf-8',
};

const defects: readonly (readonly [string, (config: GeneratedConfig) => Uint8Array])[] = [
  ['the key again', putBefore('</appSettings>', '<add value="1" key="MAXINSTALLEDprerequisites"/>')],
  ['the key elsewhere', putBefore('</configuration>', '<a><add key="maxCachedUpdates" value="1"/></a>')],
  ['clear', putBefore('</appSettings>', '<clear/>')],
  ['remove', putBefore('</appSettings>', '<remove key="maxCachedUpdates"/>')],
  ['a second section', putBefore('</configuration>', '<appSettings></appSettings>')],
  ['configSource', inText((text) => text.replace('<appSettings>', '<appSettings configSource="a">'))],
  ['file', inText((text) => text.replace('<appSettings>', "<appSettings file = 'a'>"))],
  [
    'a provider',
    inText((text) => text.replace('<appSettings>', '<appSettings configProtectionProvider="a">')),
  ],
  ['encrypted', putBefore('</appSettings>', '<EncryptedData/>')],
  ['a document type', inText((text) => text.replace('<configuration', '<!DOCTYPE a><configuration'))],
  [
    'another root',
    inText((text) => text.replace('<configuration', '<config').replace('</configuration', '</config')),
  ],
  ['an open comment', putBefore('</appSettings>', '<!--')],
  ['an end missing', inText((text) => text.replace('</appSettings>', ''))],
  ['a bare ampersand', putBefore('</appSettings>', '&')],
  ['a NUL', putBefore('</appSettings>', '\0')],
  ['the file twice', inText((text) => text + text)],
  [
    'the first half',
    ({ text, encoding }) => encode(text(usual), encoding).subarray(0, text(usual).length >> 1),
  ],
  [
    'another declaration',
    ({ text, encoding }) =>
      encode(
        `<?xml version="1.0" encoding="${another[encoding]}"?>${text(usual).replace(/^<\?xml[^>]*>/, '')}`,
        encoding,
      ),
  ],
  [
    'a byte that is of no encoding',
    ({ text, encoding }) =>
      new Uint8Array([...encode(text(usual), encoding), encoding.startsWith('utf-16') ? 0x20 : 0xff]),
  ],
];

const fragment = fc.constantFrom(
  ...[
    '<',
    '>',
    '&',
    '"',
    "'",
    '/',
    '=',
    ' ',
    '\0',
    '\u0001',
    '\uFFFE',
    '--',
    '-->',
    '<!--',
    ']]>',
    '<![CDATA[',
    '0',
    '+',
  ],
  ...[
    '<clear/>',
    '<add/>',
    '<add key="maxCachedUpdates"/>',
    ' key="x"',
    ' value="1"',
    ' a=b',
    ' configSource="x"',
  ],
  ...[
    '&#48;',
    '&#xD;',
    '&foo;',
    '<x:y/>',
    '<location>',
    'é',
    '\u00ad',
    'ſ',
    '\uFEFF',
    '<appSettings/>',
    '<!DOCTYPE c>',
  ],
);
const damage = fc.oneof(
  fc.record({ at: fc.nat(), removed: fc.nat(12), inserted: fragment }),
  fc.record({ at: fc.nat(), removed: fc.integer({ min: 1, max: 12 }), inserted: fc.constant('') }),
  fc.record({
    at: fc.nat(),
    removed: fc.constant(0),
    inserted: fc.record({ from: fc.nat(), length: fc.integer({ min: 1, max: 70 }) }),
  }),
);
type Damage = typeof damage extends fc.Arbitrary<infer Value> ? Value : never;

function damaged(text: string, { at, removed, inserted }: Damage): string {
  const place = at % (text.length + 1);
  const from = typeof inserted === 'string' ? 0 : inserted.from % (text.length + 1);
  const put = typeof inserted === 'string' ? inserted : text.slice(from, from + inserted.length);
  return text.slice(0, place) + put + text.slice(place + removed);
}
