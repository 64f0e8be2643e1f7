import { suite, test } from 'node:test';
import { cells, runCell } from './fault-matrix.ts';

/** Of each fault a few cells, other ones for each fault, so that every message and every call has its share. */
const step = 23;

// They wait more than they work.
suite('a fair sample of faults on messages of calls: no wrong claim, nothing done twice', {
  concurrency: 8,
}, () => {
  for (const cell of cells.filter((_cell, index) => index % step === 0)) {
    test(cell.name, (t) => runCell(t, cell));
  }
});
