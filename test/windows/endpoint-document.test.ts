import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { functionNames } from '../../remote/contract.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const document = readFileSync(`${root}docs/endpoint.md`, 'utf8');

/** First cells of a table's rows that are written as code. */
const cellsBelow = (line: string): string[] => {
  const after = document.slice(document.indexOf(line) + line.length);
  const table = after.slice(0, after.search(/\n(?!\|)/));
  return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, cell = '']) => cell);
};

test('every reason for which the setup refuses has its row in docs/endpoint.md, and every row its reason', () => {
  const source = globSync('remote/module/endpoint/*.ps1', { cwd: root })
    .map((file) => readFileSync(`${root}${file}`, 'utf8'))
    .join('\n');
  const reasons = [...source.matchAll(/Deny-Endpoint '(\w+)'/g)].map(([, reason]) => reason);
  const rows = cellsBelow('| reason | when |');
  assert.ok(rows.length > 0);
  assert.deepEqual(rows.toSorted(), [...new Set(reasons)].toSorted());
});

test('docs/endpoint.md says of every function what it may do', () => {
  assert.deepEqual(
    cellsBelow('| function | role | reads | changes | never |').toSorted(),
    Object.values(functionNames).toSorted(),
  );
});
