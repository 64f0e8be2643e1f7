import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deepItems } from '../../bot/cli/doctor/deep/deep-items.ts';

const page = readFileSync(new URL('../../docs/deep-check.md', import.meta.url), 'utf8');

test('docs/deep-check.md has the items of doctor --deep, in their order and words', () => {
  const rows = page
    .split('\n')
    .filter((line) => /^\| `[a-z-]+` \|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  assert.deepEqual(
    rows.map(([, item, how, expected]) => [item, how, expected]),
    Object.entries(deepItems).map(([item, { how, expected }]) => [`\`${item}\``, how, expected]),
  );
});
