import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createDiagnoser } from '../../../bot/diagnosis/diagnoser.ts';
import { faults } from './many-faults.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** @returns what a diagnoser holds after so many faults, in bytes, and what it says of them. */
function diagnoseMany(count: number) {
  collect();
  const before = process.memoryUsage().heapUsed;
  const diagnoser = createDiagnoser();
  let number = 0;
  for (const text of faults(count)) {
    number += 1;
    diagnoser.line({ line: number, text });
  }
  collect();
  const held = process.memoryUsage().heapUsed - before;
  return { held, diagnosis: diagnoser.finish({ lines: number, bytes: 0, truncated: false }) };
}

test('a diagnoser holds no more of half a million faults than of a hundred thousand', () => {
  diagnoseMany(1000);
  const some = diagnoseMany(100_000).held;
  const { held, diagnosis } = diagnoseMany(500_000);
  assert.ok(
    held < 1.1 * some + 1024 * 1024,
    `${held} bytes after half a million, ${some} after a hundred thousand`,
  );
  assert.ok(held < 32 * 1024 * 1024, `${held} bytes`);
  const [finding] = diagnosis.findings;
  assert.deepEqual([finding?.count, finding?.clients, finding?.capped], [500_000, 20_000, ['clients']]);
});
