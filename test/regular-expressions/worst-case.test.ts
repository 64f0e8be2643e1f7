import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expressionsIn } from './find-expressions.ts';
import { mostGrowth } from './growth.ts';
import { expressions, worstGrowth } from './outside-text.ts';

/** Letters of an attack; quadratic time shows at a thousand, the constant of a bounded one is gone at four. */
const length = 4_000;
const shortLength = 1_000;

describe(`of ${expressions.length} regular expressions that read outside text`, () => {
  for (const expression of expressions) {
    const { where, source, flags } = expression;
    test(`${where} /${source}/${flags} takes no more than linear time`, () => {
      const { ratio, attack } = worstGrowth(expression, length);
      assert.ok(ratio <= mostGrowth, `twice the text takes ${ratio.toFixed(1)} times as long: ${attack}`);
    });
  }
});

describe('the test itself', () => {
  for (const source of ['(a+)+$', '\\s+$', '<[^>]*>', '\\d+\\.\\d+x', 'a.*b', '\\?.*$', '(?:a|b|ab)*c']) {
    test(`finds /${source}/ slower than linear`, () => {
      assert.ok(worstGrowth({ where: '', source, flags: 'g' }, shortLength).ratio > mostGrowth);
    });
  }

  for (const source of ['a{1,50}b', '\\s{0,8}x', '<[^<>]{0,200}>', '^\\s*$', '\\?[\\s\\S]*']) {
    test(`leaves /${source}/ alone`, () => {
      const found = worstGrowth({ where: '', source, flags: 'g' }, length);
      assert.ok(found.ratio <= mostGrowth, `${found.ratio}: ${found.attack}`);
    });
  }

  test('finds every literal, and nothing in strings, comments and divisions', () => {
    const code = [
      "const a = 'x /no/ y'; // /no/",
      'const b = c / d / e; /* /no/ */',
      'const f = text.replace(/[/]yes\\//g, `/no/`);',
      'return /yes/.test(g) ? /yes/u : h[0] / 2;',
    ].join('\n');
    assert.deepEqual(
      expressionsIn('x.ts', code).literals.map(({ source, flags, where }) => [where, source, flags]),
      [
        ['x.ts:3', '[/]yes\\/', 'g'],
        ['x.ts:4', 'yes', ''],
        ['x.ts:4', 'yes', 'u'],
      ],
    );
  });

  test('sees where one is made of pieces', () => {
    assert.deepEqual(expressionsIn('x.ts', "const a = new RegExp('a+');").made, ['x.ts:1']);
  });
});
