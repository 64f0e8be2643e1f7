import { suite, test } from 'node:test';
import { cells, runCell } from './fault-matrix.ts';

suite('every fault on every message of every call: no wrong claim, nothing done twice', {
  concurrency: 8,
}, () => {
  for (const cell of cells) test(cell.name, (t) => runCell(t, cell));
});
