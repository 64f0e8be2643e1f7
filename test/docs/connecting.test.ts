import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type DecisionRow, decisionTable, type Layer } from '../../remote/decision-table.ts';
import { remoteErrors } from '../../remote/remote-error.ts';

const page = readFileSync(new URL('../../docs/connecting.md', import.meta.url), 'utf8');

/** The decision table as it has to stand on the page: what comes to the same in one layer is one line. */
function decisionLines(): string[] {
  return (Object.keys(decisionTable) as Layer[]).flatMap((layer) => {
    const rows: readonly DecisionRow<never>[] = decisionTable[layer];
    const codes = [...new Set(rows.map(({ code }) => code))];
    return codes.map((code) => {
      const seen = rows.filter((row) => row.code === code).map((row) => row.seen);
      const { reason, remedy } = remoteErrors[code];
      return `| ${layer} | ${seen.join('<br>')} | `.concat(`\`${code}\`: ${reason} | ${remedy} |`);
    });
  });
}

test('docs/connecting.md has the decision table of the program, row by row', () => {
  const [, after = ''] = page.split('## When doctor stops');
  const lines = after.split('\n').filter((line) => /^\| [a-z-]+ \| .* \| `remote\./.test(line));
  assert.deepEqual(lines, decisionLines());
});
